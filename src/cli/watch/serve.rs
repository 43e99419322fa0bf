//! The preview in the browser: a page around the report, which asks what is new.

use std::{
    io,
    net::{IpAddr, SocketAddr},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

use minijinja::{AutoEscape, Environment, context};
use serde::Serialize;
use tiny_http::{Header, Method, Request, Response, Server};

use super::{
    super::failure::Failure,
    board::{Board, Shown},
};

/// The port that is tried first, so that a tab can stay open from one run to the next.
const USUAL_PORT: u16 = 4780;
/// Requests answered at the same time; more are turned away.
const MOST_AT_ONCE: usize = 64;
/// How long a question for news waits: less than what proxies and browsers take.
const PATIENCE: Duration = Duration::from_secs(20);

const PAGE: &str = include_str!("../../../templates/watch/page.html");
const SCRIPT: &str = include_str!("../../../templates/watch/page.js");
const STYLE: &str = include_str!("../../../templates/watch/page.css");

/// Serves the board; gives the address for people.
///
/// # Errors
///
/// When the port cannot be had.
pub(super) fn start(
    host: IpAddr,
    port: Option<u16>,
    board: &Arc<Board>,
) -> Result<String, Failure> {
    let bind = |port| Server::http(SocketAddr::new(host, port));
    let server = match port {
        Some(port) => bind(port),
        None => bind(USUAL_PORT).or_else(|_| bind(0)),
    };
    let server = server.map_err(|error| {
        let at =
            port.map_or(host.to_string(), |it| SocketAddr::new(host, it).to_string());
        Failure::world(io::Error::other(error), format!("cannot serve at {at}"))
    })?;
    let at = server.server_addr().to_ip();
    let at = at.map_or_else(|| host.to_string(), |it| it.to_string());
    let mut pages = Environment::new();
    pages.set_auto_escape_callback(|_| AutoEscape::Html);
    let (board, open) = (Arc::clone(board), AtomicUsize::new(0));
    let site = Arc::new(Site { board, host, open, pages });
    thread::spawn(move || {
        for request in server.incoming_requests() {
            Site::take(&site, request);
        }
    });
    Ok(format!("http://{at}/"))
}

struct Site {
    board: Arc<Board>,
    host: IpAddr,
    open: AtomicUsize,
    /// Escapes whatever stands in a page: paths are anybody's words.
    pages: Environment<'static>,
}

/// What is sent back.
struct Answer {
    status: u16,
    kind: &'static str,
    body: Vec<u8>,
}

/// What the page learns of a map.
#[derive(Serialize)]
struct News<'a> {
    version: u64,
    edition: u64,
    failed: bool,
    problems: &'a [String],
}

impl Site {
    /// Answers in a thread of its own, so that who waits for news keeps nobody waiting.
    fn take(site: &Arc<Self>, request: Request) {
        if site.open.fetch_add(1, Ordering::SeqCst) >= MOST_AT_ONCE {
            site.open.fetch_sub(1, Ordering::SeqCst);
            respond(request, Answer::plain(503, "too many questions at once"));
            return;
        }
        let site = Arc::clone(site);
        thread::spawn(move || {
            let answer = site.answer(&request);
            respond(request, answer);
            site.open.fetch_sub(1, Ordering::SeqCst);
        });
    }

    fn answer(&self, request: &Request) -> Answer {
        if !matches!(request.method(), Method::Get | Method::Head) {
            return Answer::plain(405, "only to be read");
        }
        if !self.is_meant(request) {
            return Answer::plain(403, "this preview is for the machine that it runs on");
        }
        let (path, query) = request.url().split_once('?').unwrap_or((request.url(), ""));
        let parts: Vec<&str> = path.split('/').filter(|it| !it.is_empty()).collect();
        let map = |text: &str| self.board.now(text.parse().ok()?);
        match parts[..] {
            [] => self.page(0),
            ["page.js"] => Answer::new("text/javascript; charset=utf-8", SCRIPT),
            ["page.css"] => Answer::new("text/css; charset=utf-8", STYLE),
            [index] => {
                index.parse().map_or_else(|_| Answer::absent(), |it| self.page(it))
            }
            [index, "news"] => self.news(index, query),
            // The last part is the edition, so that the browser never shows an older one.
            [index, "report", _] => {
                map(index).filter(|it| it.edition > 0).map_or_else(Answer::absent, |it| {
                    Answer::new("text/html; charset=utf-8", &it.report)
                })
            }
            _ => Answer::absent(),
        }
    }

    /// Whether the browser asked for this machine by name: a page elsewhere that leads its own
    /// name to this address must not read the report.
    fn is_meant(&self, request: &Request) -> bool {
        if !self.host.is_loopback() {
            return true;
        }
        let named = request.headers().iter().find(|it| it.field.equiv("Host"));
        let named = named.map(|it| it.value.as_str()).unwrap_or_default();
        let name = named.rsplit_once(':').map_or(named, |(name, port)| {
            if port.bytes().all(|it| it.is_ascii_digit()) { name } else { named }
        });
        let name = name.trim_start_matches('[').trim_end_matches(']');
        name == "localhost" || name.parse::<IpAddr>().is_ok_and(|it| it.is_loopback())
    }

    fn page(&self, index: usize) -> Answer {
        let Some(shown) = self.board.now(index) else { return Answer::absent() };
        let names = self.board.names();
        // One map needs no links to others.
        let names = if names.len() > 1 { names } else { Vec::new() };
        let gaps = context! { index => index, names => names, name => shown.name };
        match self.pages.render_named_str("page.html", PAGE, gaps) {
            Ok(page) => Answer::new("text/html; charset=utf-8", &page),
            Err(error) => Answer::plain(500, &error.to_string()),
        }
    }

    fn news(&self, index: &str, query: &str) -> Answer {
        let after = query.strip_prefix("after=").and_then(|it| it.parse().ok());
        let shown = index.parse().ok().and_then(|index| match after {
            Some(version) => self.board.after(index, version, PATIENCE),
            None => self.board.now(index),
        });
        let Some(shown) = shown else { return Answer::absent() };
        let Shown { version, edition, failed, ref problems, .. } = shown;
        let news = News { version, edition, failed, problems };
        match serde_json::to_string(&news) {
            Ok(text) => Answer::new("application/json", &text),
            Err(error) => Answer::plain(500, &error.to_string()),
        }
    }
}

impl Answer {
    fn new(kind: &'static str, body: &str) -> Self {
        Self { status: 200, kind, body: body.as_bytes().to_vec() }
    }

    fn plain(status: u16, body: &str) -> Self {
        Self { status, ..Self::new("text/plain; charset=utf-8", body) }
    }

    fn absent() -> Self {
        Self::plain(404, "there is nothing here")
    }
}

fn respond(request: Request, answer: Answer) {
    let headers = [
        ("Content-Type", answer.kind),
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Content-Security-Policy", "frame-ancestors 'self'"),
    ];
    let mut response = Response::from_data(answer.body).with_status_code(answer.status);
    for (field, value) in headers {
        if let Ok(header) = Header::from_bytes(field, value) {
            response.add_header(header);
        }
    }
    // Who closed the tab does not wait for an answer.
    drop(request.respond(response));
}
