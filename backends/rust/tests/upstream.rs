//! The fan-out's client, against upstreams of every kind.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use catalog_service::upstream::Upstream;
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    time::sleep,
};

/// What the upstream writes to a request with this path; nothing: it hangs up.
type Answer = fn(&str) -> String;

fn ok(body: &str) -> String {
    format!(
        "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
}

/// Starts an upstream; the counter is of the connections it was given.
async fn upstream(answer: Answer, delay: Duration) -> (Upstream, Arc<AtomicUsize>) {
    let (url, opened) = start(answer, delay).await;
    (Upstream::new(&url).unwrap(), opened)
}

async fn start(answer: Answer, delay: Duration) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let opened = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&opened);
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            counter.fetch_add(1, Ordering::Relaxed);
            tokio::spawn(serve(stream, answer, delay));
        }
    });
    (url, opened)
}

async fn serve(stream: TcpStream, answer: Answer, delay: Duration) {
    let mut stream = BufReader::new(stream);
    loop {
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            if stream.read_line(&mut head).await.unwrap_or(0) == 0 {
                return;
            }
        }
        sleep(delay).await;
        let text = answer(head.split(' ').nth(1).unwrap());
        if text.is_empty() || stream.write_all(text.as_bytes()).await.is_err() {
            return;
        }
    }
}

#[tokio::test]
async fn values_are_in_the_order_of_the_calls() {
    let answer = |path: &str| ok(&format!(r#"{{"value": {}}}"#, path[8..].replace('/', "")));
    let (upstream, _) = upstream(answer, Duration::ZERO).await;
    let values = upstream.values(7, 3).await;
    assert_eq!(values, [Some(70), Some(71), Some(72)]);
}

#[tokio::test]
async fn a_call_fails_alone_whatever_the_upstream_answers() {
    let failures: [Answer; 10] = [
        |_| "HTTP/1.1 503 No\r\nContent-Length: 11\r\n\r\n{\"value\":1}".to_owned(),
        |_| "HTTP/1.1 302 There\r\nLocation: /values/7/0\r\nContent-Length: 0\r\n\r\n".to_owned(),
        |_| String::new(),
        |_| "\0garbage\r\n\r\n".to_owned(),
        |_| ok("<html>"),
        |_| ok("{}"),
        |_| ok(r#"{"value": null}"#),
        |_| ok(r#"{"value": "1"}"#),
        |_| ok(r#"{"value": 9223372036854775807}"#),
        |_| ok(&(" ".repeat(100_000) + r#"{"value": 1}"#)),
    ];
    for (case, failure) in failures.into_iter().enumerate() {
        // A function pointer cannot hold the failure, so that a second upstream is made of it.
        let (good, _) = upstream(|_| ok(r#"{"value": 5, "more": 1}"#), Duration::ZERO).await;
        let (bad, _) = upstream(failure, Duration::ZERO).await;
        assert_eq!(good.values(7, 2).await, [Some(5), Some(5)]);
        for _ in 0..2 {
            assert_eq!(bad.values(7, 3).await, [None; 3], "case {case}");
        }
    }
}

#[tokio::test]
async fn an_upstream_that_is_not_there_fails_every_call() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let upstream = Upstream::new(&format!("http://{address}")).unwrap();
    assert_eq!(upstream.values(7, 3).await, [None; 3]);
}

#[tokio::test]
async fn a_call_is_given_up_and_its_connection_with_it() {
    let answer = |path: &str| {
        if path.starts_with("/values/0/") {
            ok(r#"{"value": 1}"#)
        } else {
            ok(r#"{"value": 2}"#)
        }
    };
    let (slow, opened) = upstream(answer, Duration::from_secs(60)).await;
    assert_eq!(slow.values(0, 2).await, [None; 2]);
    assert_eq!(slow.values(1, 1).await, [None]);
    assert_eq!(opened.load(Ordering::Relaxed), 3);
}

#[tokio::test]
async fn connections_are_kept_and_no_more_than_the_most_are_opened() {
    let (url, opened) = start(|_| ok(r#"{"value": 1}"#), Duration::from_millis(20)).await;
    let upstream = Upstream::with_connections(&url, 64).unwrap();
    let mut given_up = false;
    for _ in 0..2 {
        let requests: Vec<_> = (0..8)
            .map(|key| {
                let upstream = upstream.clone();
                tokio::spawn(async move { upstream.values(key, 64).await })
            })
            .collect();
        for request in requests {
            given_up |= request.await.unwrap().contains(&None);
        }
    }
    // On a machine so slow that calls are given up their connections are replaced.
    let opened = opened.load(Ordering::Relaxed);
    assert!(given_up || opened <= 64, "{opened} connections were opened");
}

#[tokio::test]
async fn the_calls_of_all_requests_are_made_at_once() {
    // On a machine that is busy with other work some calls may be given up; each has its connection.
    let (upstream, opened) = upstream(|_| ok(r#"{"value": 1}"#), Duration::from_secs(1)).await;
    let requests: Vec<_> = (0..5)
        .map(|key| {
            let upstream = upstream.clone();
            tokio::spawn(async move { upstream.values(key, 64).await })
        })
        .collect();
    for request in requests {
        assert_eq!(request.await.unwrap().len(), 64);
    }
    let opened = opened.load(Ordering::Relaxed);
    assert!(opened > 256, "{opened} connections were opened");
}

#[test]
fn addresses_that_are_no_upstream_are_refused() {
    for url in [
        "",
        "x",
        "127.0.0.1:80",
        "ftp://127.0.0.1",
        "http://127.0.0.1/x",
        "http://a/?x",
    ] {
        assert!(Upstream::new(url).is_err(), "{url}");
    }
}
