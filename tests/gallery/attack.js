// What a page of another origin can send: each try resolves with what it could read or run, or null.
async (targets) => {
  const within = (promise) => Promise.race([promise, new Promise((done) => setTimeout(() => done(null), 3000))]);
  const failed = () => null;
  const reads = (url, options) => fetch(url, options).then((answer) => answer.text(), failed);
  const sends = (url, options) => fetch(url, { mode: "no-cors", ...options }).then(failed, failed);

  const loads = (tag, attributes) =>
    new Promise((done) => {
      const element = document.createElement(tag);
      element.onload = () => done(`${tag} ${JSON.stringify(attributes)}`);
      element.onerror = () => done(null);
      document.body.append(Object.assign(element, attributes));
    });

  const posts = (url, enctype) =>
    new Promise((done) => {
      const frame = Object.assign(document.createElement("iframe"), { name: crypto.randomUUID() });
      const form = Object.assign(document.createElement("form"), { method: "POST", action: url, enctype });
      form.target = frame.name;
      form.append(Object.assign(document.createElement("input"), { name: '{"a":"', value: '"}' }));
      document.body.append(frame, form);
      frame.onload = () => done(null);
      form.submit();
    });

  const connects = (url) =>
    new Promise((done) => {
      const socket = new WebSocket(url.replace("http", "ws"));
      socket.onopen = () => done(`socket ${url}`);
      socket.onerror = () => done(null);
    });

  const listens = (url) =>
    new Promise((done) => {
      const source = new EventSource(url);
      source.onopen = () => (source.close(), done(`events ${url}`));
      source.onerror = () => (source.close(), done(null));
    });

  const json = { "content-type": "application/json" };
  const target = { "x-amz-target": "AWSCognitoIdentityProviderService.SignUp" };
  const tries = (url) => [
    reads(url),
    reads(url, { credentials: "include" }),
    reads(url, { method: "POST", body: "{}" }),
    reads(url, { method: "POST", body: "{}", headers: { ...json, ...target } }),
    reads(url, { method: "PATCH", body: "{}", headers: json }),
    reads(url, { method: "DELETE" }),
    reads(url, { method: "PUT", body: "x" }),
    sends(url),
    sends(url, { method: "POST" }),
    sends(url, { method: "POST", body: "{}" }),
    sends(url, { method: "POST", body: new URLSearchParams({ Action: "ListUsers", Version: "2010-05-08" }) }),
    sends(url, { method: "POST", keepalive: true, body: new Blob(["{}"], { type: "text/plain" }) }),
    Promise.resolve(navigator.sendBeacon(url, "{}") && null),
    loads("img", { src: url }),
    loads("script", { src: url }),
    loads("link", { rel: "stylesheet", href: url }),
    posts(url, "text/plain"),
    posts(url, "application/x-www-form-urlencoded"),
    listens(url),
  ];
  const found = [];
  for (let first = 0; first < targets.length; first += 8) {
    const some = targets.slice(first, first + 8);
    found.push(...(await Promise.all(some.flatMap(tries).map(within))));
  }
  // The browser makes a page wait after each connection that failed.
  const sockets = [targets[0], targets.at(-1), targets.find((url) => url.includes("/_aws/")) ?? targets[1]];
  found.push(...(await Promise.all(sockets.map(connects).map(within))));
  return found.filter((result) => result !== null);
};
