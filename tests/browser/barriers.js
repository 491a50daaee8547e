// What axe is asked about a page. Defines `barriers`; axe itself is needed only in `find`.
(() => {
    const shown = (element) => element.checkVisibility({ visibilityProperty: true });
    const ownText = (element) => [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());

    // A number of 53 bits for a text (cyrb53).
    function hash(text) {
        let [high, low] = [0xdeadbeef, 0x41c6ce57];
        for (let at = 0; at < text.length; at++) {
            const code = text.charCodeAt(at);
            high = Math.imul(high ^ code, 2654435761);
            low = Math.imul(low ^ code, 1597334677);
        }
        high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
        low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
        return 4294967296 * (2097151 & low) + (high >>> 0);
    }

    const SAME_IN_EVERY_LANGUAGE = /^(class|role|type|rel|scope|colspan|rowspan|tabindex|style|autocomplete)$/;
    const ADDRESSES_AND_DATA = /^(href|src|srcset|action|value|content|nonce|lang|datetime|data-.*|hx-.*)$/;
    const STATE = /^(true|false|page|date|ascending|descending|none|polite|assertive|mixed|)$/;

    // A page without its words and addresses: everything else that axe looks at. Texts of attributes become numbers, equal ones
    // equal numbers, so that names and references that were distinct stay distinct. As it is drawn now, or however it is drawn.
    function skeleton(drawn) {
        const numbers = new Map();
        const numbered = (text) => {
            if (!numbers.has(text)) numbers.set(text, numbers.size);
            return numbers.get(text);
        };
        const attribute = (element, { name, value }) => {
            if (element.tagName === "LINK" || SAME_IN_EVERY_LANGUAGE.test(name) || STATE.test(value)) return `${name}=${value}`;
            return ADDRESSES_AND_DATA.test(name) ? name : `${name}=${numbered(value)}`;
        };
        const line = (element) => [
            element.tagName, element.childElementCount, ownText(element), drawn && shown(element),
            ...[...element.attributes].map((one) => attribute(element, one)).sort(),
        ].join(" ");
        return [drawn && innerWidth, document.title !== "", ...[...document.querySelectorAll("*")].map(line)].join("\n");
    }

    // What the contrast of an element's text depends on; none where something else may lie over or under it.
    function ground(element, known) {
        if (element === null) return "";
        if (!known.has(element)) {
            const style = getComputedStyle(element);
            const below = ground(element.parentElement, known);
            const apart = /absolute|fixed/.test(style.position) || style.float !== "none" || style.transform !== "none";
            const own = [style.backgroundColor, style.backgroundImage, style.opacity, style.filter, style.mixBlendMode];
            known.set(element, below === null || apart ? null : [below, ...own].join("|"));
        }
        return known.get(element);
    }

    // The elements with text whose colours are not among the sound ones, one for each combination.
    function unknownContrasts(sound) {
        const known = new Map();
        const found = new Map();
        for (const element of document.querySelectorAll("body, body *")) {
            if (!(ownText(element) || element.matches("input, select, textarea")) || !shown(element)) continue;
            const style = getComputedStyle(element);
            const below = ground(element, known);
            const text = [style.color, style.fontSize, style.fontWeight, style.textShadow, below].join("|");
            const key = below === null ? element : hash(text);
            if (!sound.has(key) && !found.has(key)) found.set(key, element);
        }
        return found;
    }

    const told = ({ violations }) => violations.map(
        ({ id, help, nodes }) => `${id}: ${help}: ` + nodes.map((node) => node.html.slice(0, 160)).join(" | "));

    // Elements that were not to be seen when the whole document was asked about, each without what lies in it.
    function appeared(seen) {
        const isNew = (element) => element !== null && !seen.has(element) && shown(element);
        return [...document.querySelectorAll("body *")].filter((element) => isNew(element) && !isNew(element.parentElement));
    }

    const LAYOUT = ["target-size", "scrollable-region-focusable"];
    let [seen, structure] = [null, null]; // of this document, when it was asked about last

    // Style sheets are not read beforehand: only a rule that is not among the standards' would look at them.
    async function find([standards, sound]) {
        const ask = async (include, only, rules = {}) =>
            told(await axe.run(include, { resultTypes: ["violations"], runOnly: only, rules, preload: { assets: ["media"] } }));
        const whole = { "color-contrast": { enabled: false } };
        const found = [];
        if (structure === hash(skeleton(false))) {
            const include = appeared(seen);
            if (include.length) found.push(...await ask({ include }, standards, whole));
            found.push(...await ask(document, { type: "rule", values: LAYOUT }));
        } else found.push(...await ask(document, standards, whole));
        const fresh = unknownContrasts(new Set(sound));
        const texts = { include: [...fresh.values()] };
        if (fresh.size) found.push(...await ask(texts, { type: "rule", values: ["color-contrast"] }));
        structure = hash(skeleton(false));
        seen = new WeakSet([...document.querySelectorAll("*")].filter(shown));
        return { found, contrasts: [...fresh.keys()].filter(Number.isInteger) };
    }

    const inNoLanguage = (languages) => [document.documentElement, ...document.querySelectorAll("[lang]")]
        .filter((element) => !languages.includes(element.lang)).map((element) => `language: ${element.outerHTML.slice(0, 160)}`);

    const look = (languages) => ({ structure: hash(skeleton(true)), found: inNoLanguage(languages), ready: "axe" in window });

    window.barriers ??= { look, find };
})();
