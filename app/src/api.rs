//! How a server function is asked and answers: `#[server(endpoint = "…", protocol = Api<StrictJson>)]`.
//!
//! The server does what the framework's own protocol does. In the browser only writing the
//! arguments and reading the answer is done for each function anew: what lies between exists once,
//! so that a further function costs little.

use crate::{
    Failure,
    codec::{Answer, JsonAnswer, JsonArguments},
};
use domain::Error;
use http::Method;
use serde::{Serialize, de::DeserializeOwned};
use server_fn::{
    Bytes, ContentType, Decodes, Encodes, Http, Protocol, client::Client, error::FromServerFnError,
    request::ClientReq, response::ClientRes, server::Server,
};
use std::{future::Future, marker::PhantomData, pin::Pin};

/// Arguments as `Arguments` says, and an answer as JSON.
pub struct Api<Arguments>(PhantomData<Arguments>);

type Asked = Pin<Box<dyn Future<Output = Result<Bytes, Failure>> + Send>>;

impl<Arguments, Input, Output, Browser, Backend> Protocol<Input, Output, Browser, Backend, Failure>
    for Api<Arguments>
where
    Http<Arguments, Answer>: Protocol<Input, Output, Browser, Backend, Failure>,
    Input: Serialize + Send,
    Output: DeserializeOwned + Send,
    Browser: Client<Failure>,
    Backend: Server<Failure>,
{
    const METHOD: Method =
        <Http<Arguments, Answer> as Protocol<Input, Output, Browser, Backend, Failure>>::METHOD;

    fn run_server<F, Fut>(
        request: Backend::Request,
        server_fn: F,
    ) -> impl Future<Output = Result<Backend::Response, Failure>> + Send
    where
        F: Fn(Input) -> Fut + Send,
        Fut: Future<Output = Result<Output, Failure>> + Send,
    {
        <Http<Arguments, Answer> as Protocol<Input, Output, Browser, Backend, Failure>>::run_server(
            request, server_fn,
        )
    }

    fn run_client(path: &str, input: Input) -> impl Future<Output = Result<Output, Failure>> + Send {
        let asked = JsonArguments::encode(&input).map(|arguments| ask::<Browser>(path, arguments));
        async move {
            let answer = asked.map_err(|_| Failure::malformed())?.await?;
            JsonAnswer::decode(answer).map_err(|_| Failure::Unreachable)
        }
    }
}

/// Asks the server, and once more after a fresh proof where it takes one.
fn ask<Browser: Client<Failure>>(path: &str, arguments: Bytes) -> Asked {
    let (path, first) = (path.to_owned(), send::<Browser>(path, arguments.clone()));
    Box::pin(async move {
        match first.await {
            Err(Failure::Refused(Error::ProofNeeded)) if crate::proof::ask().await => {
                send::<Browser>(&path, arguments).await
            }
            answer => answer,
        }
    })
}

/// Sends arguments, and takes the answer or the failure.
fn send<Browser: Client<Failure>>(path: &str, arguments: Bytes) -> Asked {
    let json = JsonAnswer::CONTENT_TYPE;
    let request = Browser::Request::try_new_post_bytes(path, json, json, arguments);
    Box::pin(async move {
        let answer = Browser::send(request?).await?;
        let refused = answer.status() >= 400;
        let body = answer.try_into_bytes().await?;
        if refused { Err(Failure::de(body)) } else { Ok(body) }
    })
}
