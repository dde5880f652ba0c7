//! The listener: who may come in, and for how long somebody may stand in the door.

use std::{
    convert::Infallible, future::Future, io, net::SocketAddr, pin::pin, sync::Arc, time::Duration,
};

use axum::{
    Router,
    body::Body,
    extract::{ConnectInfo, Request},
    response::Response,
};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::Semaphore,
};
use tower::ServiceExt;

/// Whoever has not told what they want by then is sent away; so is an idle connection.
const HEAD_WITHIN: Duration = Duration::from_secs(20);
const HEAD_BYTES_MAX: usize = 64 << 10;
/// Connections at once: ten thousand open pages, and room to work.
const CONNECTIONS_MAX: usize = 16_384;
/// How long running requests have when the program is told to stop.
const LEAVE_WITHIN: Duration = Duration::from_secs(8);
/// A pause after the system refused a connection, as when files run out.
const BREATH: Duration = Duration::from_millis(50);

/// Lets requests in until `stop` resolves, then waits for what is under way.
pub(crate) async fn open(
    listener: TcpListener,
    router: Router,
    stop: impl Future<Output = ()>,
) -> io::Result<()> {
    let (leaving, places) = (
        GracefulShutdown::new(),
        Arc::new(Semaphore::new(CONNECTIONS_MAX)),
    );
    let mut stop = pin!(stop);
    loop {
        let next = async {
            let place = places.clone().acquire_owned().await;
            (place, listener.accept().await)
        };
        let (place, accepted) = tokio::select! {
            next = next => next,
            () = &mut stop => break,
        };
        let Ok((stream, from)) = accepted else {
            tokio::time::sleep(BREATH).await;
            continue;
        };
        let conversation = leaving.watch(conversation(stream, from, router.clone()));
        tokio::spawn(async move {
            let _place = place;
            if let Err(error) = conversation.await {
                tracing::debug!(%error, "a connection broke off");
            }
        });
    }
    drop(listener);
    // Whoever is not done by then has had their time.
    let _ = tokio::time::timeout(LEAVE_WITHIN, leaving.shutdown()).await;
    Ok(())
}

fn conversation(
    stream: TcpStream,
    from: SocketAddr,
    router: Router,
) -> impl hyper_util::server::graceful::GracefulConnection<Error = hyper::Error> {
    // An answer in small parts shall not wait for the network to fill a packet.
    let _ = stream.set_nodelay(true);
    let answer = service_fn(move |mut request: hyper::Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(from));
        answered(router.clone(), request.map(Body::new))
    });
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_WITHIN)
        .max_buf_size(HEAD_BYTES_MAX)
        .serve_connection(TokioIo::new(stream), answer)
}

async fn answered(router: Router, request: Request) -> Result<Response, Infallible> {
    router.oneshot(request).await
}
