// Things to send without having a file at hand, drawn and sung on the spot.

export async function photo() {
  const canvas = paper(480, 320);
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#f3efe6"; pen.fillRect(0, 0, 480, 320);
  pen.fillStyle = "#b98d5a"; pen.fillRect(60, 120, 170, 140); pen.fillRect(250, 150, 170, 110);
  pen.strokeStyle = "#8a6438"; pen.lineWidth = 3;
  pen.strokeRect(60, 120, 170, 140); pen.strokeRect(250, 150, 170, 110);
  pen.fillStyle = "#5d4526"; pen.font = "22px sans-serif";
  pen.fillText("到货 2 箱", 95, 200); pen.fillText("应到 4 箱", 285, 212);
  pen.font = "16px sans-serif"; pen.fillText("到货照片", 24, 36);
  return { kind: "photo", file_name: "到货.png", mime_type: "image/png", data: await encoded(canvas) };
}

export async function sticker() {
  const canvas = paper(160, 160);
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#e9b44c"; pen.beginPath(); pen.arc(80, 80, 70, 0, 7); pen.fill();
  pen.fillStyle = "#3a2f1b"; pen.font = "bold 40px sans-serif"; pen.textAlign = "center"; pen.fillText("收到", 80, 94);
  return { kind: "sticker", mime_type: "image/png", data: await encoded(canvas), extra: { emoji: "👌" } };
}

export function voice() {
  const rate = 8000, count = rate * 1.2;
  const bytes = new DataView(new ArrayBuffer(44 + count));
  const word = (at, text) => [...text].forEach((letter, i) => bytes.setUint8(at + i, letter.charCodeAt(0)));
  word(0, "RIFF"); bytes.setUint32(4, 36 + count, true); word(8, "WAVEfmt "); bytes.setUint32(16, 16, true);
  bytes.setUint16(20, 1, true); bytes.setUint16(22, 1, true); bytes.setUint32(24, rate, true);
  bytes.setUint32(28, rate, true); bytes.setUint16(32, 1, true); bytes.setUint16(34, 8, true);
  word(36, "data"); bytes.setUint32(40, count, true);
  for (let i = 0; i < count; i += 1) {
    const fade = Math.min(1, i / 400, (count - i) / 400);
    bytes.setUint8(44 + i, 128 + 60 * fade * Math.sin((2 * Math.PI * (380 + 60 * Math.sin(i / 900)) * i) / rate));
  }
  return { kind: "voice", mime_type: "audio/wav", data: base64(new Uint8Array(bytes.buffer)), extra: { duration: 1 } };
}

export function text() {
  const words = "品名,应到,实到\n中杯,2 箱,1 箱\n吸管,2 箱,1 箱\n";
  return { kind: "document", file_name: "对账单.csv", mime_type: "text/csv", data: base64(new TextEncoder().encode(`\ufeff${words}`)) };
}

export function place() {
  return { kind: "location", extra: { latitude: 30.6598, longitude: 104.0633 } };
}

export function poll() {
  return { kind: "poll", extra: { question: "几点送货方便？", options: ["上午", "下午"] } };
}

const BY_TYPE = [["image/gif", "animation"], ["image/", "photo"], ["video/", "video"], ["audio/", "audio"]];

// What Telegram lets stand in one album, and how many of it.
const ALBUMS = { photo: "seen", video: "seen", document: "document", audio: "audio" };
const ALBUM_HOLDS = 10;

export async function fromFiles(files) {
  const runs = [];
  for (const made of await Promise.all(files.map(fromFile))) {
    const run = runs.at(-1), album = ALBUMS[made.kind];
    if (run && album && ALBUMS[run[0].kind] === album && run.length < ALBUM_HOLDS) run.push(made);
    else runs.push([made]);
  }
  return runs.flatMap((run, n) => (run.length > 1 ? run.map((made) => ({ ...made, media_group_id: `${Date.now()}${n}` })) : run));
}

async function fromFile(file) {
  const kind = BY_TYPE.find(([start]) => file.type.startsWith(start))?.[1] || "document";
  const data = base64(new Uint8Array(await file.arrayBuffer()));
  return { kind, file_name: file.name, mime_type: file.type || "application/octet-stream", data };
}

function paper(width, height) {
  return Object.assign(document.createElement("canvas"), { width, height });
}

async function encoded(canvas) {
  const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
  return base64(new Uint8Array(await blob.arrayBuffer()));
}

function base64(bytes) {
  let letters = "";
  for (let at = 0; at < bytes.length; at += 32768) letters += String.fromCharCode(...bytes.subarray(at, at + 32768));
  return btoa(letters);
}
