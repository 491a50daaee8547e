// 数量: a sheet's quantities in whole numbers of any length, by the formula tree of its definition (engines/survey/sheet_definition.py).

const NUMBER = /^[0-9]{1,15}(\.[0-9]{1,15})?$/;

const OPERATORS = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  over: (a, b) => a / b, // BigInt cuts towards nought, as int() does in the form
  min: (...all) => all.reduce((a, b) => (a < b ? a : b)),
  max: (...all) => all.reduce((a, b) => (a > b ? a : b)),
};
const TRUTHS = {
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
  "=": (a, b) => a === b,
  "!=": (a, b) => a !== b,
};

/** A number as it was typed, times ten to `scale`; null for what is no number or has more decimals. */
export function whole(text, scale) {
  if (!NUMBER.test(text)) return null;
  const [before, after = ""] = text.split(".");
  return after.length > scale ? null : BigInt(before + after.padEnd(scale, "0"));
}

/** What the measures come to, as text with all its decimals; "" while one of them is missing or is no number. */
export function quantity(kind, values) {
  const known = {};
  for (const measure of kind.measures) {
    known[measure.name] = whole(values[measure.name] ?? "", measure.scale);
    if (known[measure.name] === null) return "";
  }
  return decimal(valueOf(kind.quantity.formula, known), kind.quantity.scale);
}

/** A whole number as a decimal: 1230, 2 is "12.30". */
export function decimal(value, scale) {
  const digits = String(value).padStart(scale + 1, "0");
  return scale ? `${digits.slice(0, -scale)}.${digits.slice(-scale)}` : digits;
}

function valueOf([operator, ...operands], known) {
  switch (operator) {
    case "number":
      return BigInt(operands[0]);
    case "measure":
      return known[operands[0]];
    case "if":
      return valueOf(isTrue(operands[0], known) ? operands[1] : operands[2], known);
    case "band": {
      const [inner, limits, values] = operands;
      const found = limits.findIndex((limit) => valueOf(inner, known) < valueOf(limit, known));
      return valueOf(values.at(found), known);
    }
    default:
      return OPERATORS[operator](...operands.map((one) => valueOf(one, known)));
  }
}

function isTrue([operator, ...operands], known) {
  if (operator === "not") return !isTrue(operands[0], known);
  if (operator === "and") return operands.every((one) => isTrue(one, known));
  if (operator === "or") return operands.some((one) => isTrue(one, known));
  return TRUTHS[operator](...operands.map((one) => valueOf(one, known)));
}
