// The way to the sandbox: what there is, what was said, what somebody does, and what happens.

export async function get(path, query = {}) {
  const given = Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== "");
  const answer = await fetch(`/stage/${path}?${new URLSearchParams(given)}`);
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
}

export async function act(wish) {
  const answer = await fetch("/stage/act", {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(wish),
  });
  const told = await answer.json();
  if (!answer.ok) throw new Error(told.error);
  return told.done;
}

// Calls `heard` with every event; `opened` loads everything, now and whenever the connection comes back after a break:
// what happens between loading and listening would be seen by nobody.
export function listen(heard, opened) {
  const open = () => {
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const socket = new WebSocket(`${scheme}://${location.host}/stage/events`);
    socket.onopen = () => { opened(); document.body.dataset.live = "true"; };
    socket.onmessage = (message) => {
      const event = JSON.parse(message.data);
      if (event.type === "reload") opened(); else heard(event);
    };
    socket.onclose = () => { document.body.dataset.live = "false"; setTimeout(open, 1500); };
  };
  open();
}
