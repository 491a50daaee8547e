// 凭证: the secret of a team's device, as it was shown, or within the settings that ODK Collect scans (JSON, zlib, base64).

/** The secret in what was typed or pasted. */
export async function secretIn(typed) {
  const text = typed.replace(/\s/g, "");
  return (await passwordIn(() => typed)) ?? (await passwordIn(() => inflated(text))) ?? text;
}

async function passwordIn(read) {
  try {
    const found = JSON.parse(await read()).general.password;
    return typeof found === "string" ? found : null;
  } catch {
    return null; // something else was typed
  }
}

async function inflated(text) {
  const packed = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  return new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"))).text();
}
