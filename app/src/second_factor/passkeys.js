// The browser's own reading and writing of WebAuthn's JSON (level 3, 5.1.8 to 5.1.10): what comes and goes is text.

export async function answer(options, adds) {
  const parsed = JSON.parse(options);
  const credential = adds
    ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(parsed) })
    : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(parsed) });
  return JSON.stringify(credential);
}
