//! The line to the server.

use std::cell::RefCell;
use std::time::Duration;

use rejoinder::sync::{Answer, Call, Method, Transport, Unreachable};
use ureq::Agent;
use ureq::http::{HeaderMap, Request};

/// No answer is longer; a page of the largest events is far below it.
const MAX_ANSWER: u64 = 1 << 30;
const PATIENCE: Duration = Duration::from_secs(60);

/// A server, as one person.
pub struct Server {
    agent: Agent,
    url: String,
    /// The session, as the server's cookie.
    cookie: RefCell<Option<String>>,
}

impl Server {
    /// The server at `url`, which has no slash at its end.
    pub fn new(url: &str) -> Self {
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(PATIENCE))
            .max_redirects(0)
            .build()
            .into();
        Self { agent, url: url.to_owned(), cookie: RefCell::default() }
    }

    fn ask(&self, call: &Call) -> Result<Answer, ureq::Error> {
        let mut request = Request::builder().method(call.method.name()).uri(format!("{}{}", self.url, call.path));
        request = request.header("accept", "application/json").header("content-type", "application/json");
        if let Some(cookie) = self.cookie.borrow().as_ref().filter(|_| !call.anonymous) {
            request = request.header("cookie", cookie);
        }
        let body = call.body.clone().unwrap_or_default();
        let mut response = match call.method {
            Method::Get => self.agent.run(request.body(())?)?,
            _ => self.agent.run(request.body(body)?)?,
        };
        self.keep_cookie(response.headers());
        let header = |name: &str| response.headers().get(name)?.to_str().ok().map(str::to_owned);
        let retry_after = header("retry-after").and_then(|text| text.parse().ok());
        let status = response.status().as_u16();
        let body = response.body_mut().with_config().limit(MAX_ANSWER).read_to_string()?;
        Ok(Answer { status, body, retry_after, date: None })
    }

    fn keep_cookie(&self, headers: &HeaderMap) {
        let cookies = headers.get_all("set-cookie").iter().filter_map(|value| value.to_str().ok());
        let session = cookies.filter_map(|text| text.split(';').next()).find(|pair| pair.starts_with("AuthSession="));
        if let Some(pair) = session {
            *self.cookie.borrow_mut() = Some(pair.to_owned());
        }
    }
}

impl Transport for Server {
    async fn call(&self, call: Call) -> Result<Answer, Unreachable> {
        self.ask(&call).map_err(|error| {
            eprintln!("{}: {error}", self.url);
            Unreachable
        })
    }
}
