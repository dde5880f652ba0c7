import { all } from "../dom";
import { say } from "./toast";

const encode = (bytes: ArrayBuffer): string => {
  const letters = String.fromCharCode(...new Uint8Array(bytes));
  return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
};

const decode = (text: string): Uint8Array<ArrayBuffer> => {
  const letters = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
};

interface Named {
  id: string;
  type: "public-key";
}

/** What the server asks for, with bytes as text. */
interface Asked {
  challenge: string;
  rpId?: string;
  rp?: PublicKeyCredentialRpEntity;
  user?: { id: string; name: string; displayName: string };
  pubKeyCredParams?: PublicKeyCredentialParameters[];
  authenticatorSelection?: AuthenticatorSelectionCriteria;
  attestation?: AttestationConveyancePreference;
  userVerification?: UserVerificationRequirement;
  excludeCredentials?: Named[];
  timeout: number;
}

async function create(asked: Asked): Promise<Record<string, string>> {
  const { rp, user, pubKeyCredParams, authenticatorSelection, excludeCredentials } = asked;
  if (!rp || !user || !pubKeyCredParams) throw new Error("nothing to make");
  const publicKey: PublicKeyCredentialCreationOptions = {
    challenge: decode(asked.challenge),
    rp,
    user: { ...user, id: decode(user.id) },
    pubKeyCredParams,
    excludeCredentials: (excludeCredentials ?? []).map((key) => ({ ...key, id: decode(key.id) })),
    attestation: "none",
    timeout: asked.timeout,
    ...(authenticatorSelection ? { authenticatorSelection } : {}),
  };
  const made = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential;
  const response = made.response as AuthenticatorAttestationResponse;
  return {
    credential: encode(made.rawId),
    client_data: encode(response.clientDataJSON),
    device_data: encode(response.getAuthenticatorData()),
    public_key: encode(response.getPublicKey() ?? new ArrayBuffer(0)),
    algorithm: String(response.getPublicKeyAlgorithm()),
  };
}

async function use(asked: Asked): Promise<Record<string, string>> {
  const publicKey: PublicKeyCredentialRequestOptions = {
    challenge: decode(asked.challenge),
    userVerification: "required",
    timeout: asked.timeout,
    ...(asked.rpId ? { rpId: asked.rpId } : {}),
  };
  const used = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential;
  const response = used.response as AuthenticatorAssertionResponse;
  return {
    credential: encode(used.rawId),
    client_data: encode(response.clientDataJSON),
    device_data: encode(response.authenticatorData),
    signature: encode(response.signature),
  };
}

/** Asks the server what to sign, the device to sign it, and sends the form with the answer. */
async function ask(form: HTMLFormElement): Promise<void> {
  const answer = await fetch(form.dataset["request"] ?? "", { method: "POST" });
  if (!answer.ok) throw new Error(await answer.text());
  const asked = (await answer.json()) as Asked;
  const fields = await (form.dataset["passkey"] === "create" ? create(asked) : use(asked));
  for (const [name, value] of Object.entries(fields)) {
    const field = form.elements.namedItem(name);
    if (field instanceof HTMLInputElement) field.value = value;
  }
  form.submit();
}

/** Forms whose answer comes from a passkey; without a browser that has them they stay hidden. */
export function passkeys(): void {
  if (!("PublicKeyCredential" in window)) return;
  for (const form of all<HTMLFormElement>("[data-island=passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const button = form.querySelector("button");
      button?.setAttribute("aria-busy", "true");
      ask(form)
        .catch((fault: unknown) => {
          // Whoever closes the device's window wanted nothing: no complaint about that.
          const closed = fault instanceof DOMException && fault.name === "NotAllowedError";
          if (!closed) say(form.dataset["refused"] ?? "", true);
        })
        .finally(() => button?.removeAttribute("aria-busy"));
    });
  }
}
