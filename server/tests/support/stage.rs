//! The cast on a server, what is expected of it, and what it answered.

use super::{
    bodies::body,
    cast::Cast,
    expected::{ANY, Codes, Expected, Function, Somebody},
    ground::{Answer, Ground},
};
use serde_json::Value;
use std::sync::LazyLock;
use store::testing::Throwaway;

/// What `permissions/expected.txt` says.
pub static EXPECTED: LazyLock<Expected> = LazyLock::new(Expected::read);

/// How an answer ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Nobody is signed in.
    Nobody,
    /// A permission is missing.
    Forbidden,
    /// Anything else.
    Status(u16),
}

impl End {
    /// How this one does.
    pub fn of((status, body): &Answer) -> Self {
        let refused = refused(body);
        match status.as_u16() {
            401 if refused == "Unauthenticated" => Self::Nobody,
            403 if refused.get("Forbidden").is_some() => Self::Forbidden,
            status => Self::Status(status),
        }
    }
}

fn refused(body: &[u8]) -> Value {
    let answer: Value = serde_json::from_slice(body).unwrap_or_default();
    answer.get("Refused").cloned().unwrap_or_default()
}

/// What is asked, and of whom. What is not as expected is gathered, so that one run shows all of it.
pub struct Stage {
    pub cast: Cast,
    pub ground: Ground,
    /// What was not as expected.
    pub wrong: Vec<String>,
    asked: usize,
}

impl Stage {
    pub async fn new() -> Self {
        let throwaway = Throwaway::sqlite().await;
        let cast = Cast::new(&throwaway).await;
        let ground = Ground::new(throwaway, cast.services.clone()).await;
        Self { cast, ground, wrong: Vec::new(), asked: 0 }
    }

    /// Lets Tom hold exactly these.
    pub async fn hold(&mut self, codes: &Codes) {
        let codes: Vec<_> = codes.iter().copied().collect();
        self.ground.throwaway.let_role_hold(self.cast.tester_role, &codes).await;
        self.ground.settle().await;
    }

    /// Asks about what it is for.
    pub async fn ask(&mut self, function: &Function, token: Option<&str>) -> Answer {
        let body = body(&function.path(), &self.cast.ids_for(function.name)).expect("a body");
        self.ask_with(function, &body, token).await
    }

    /// Asks with this body.
    pub async fn ask_with(&mut self, function: &Function, body: &Value, token: Option<&str>) -> Answer {
        self.asked += 1;
        self.ground.ask(&function.path(), body, token).await
    }

    /// Whether it ended as it should.
    pub fn compare(&mut self, who: &str, function: &Function, wanted: End, answer: &Answer) {
        let got = End::of(answer);
        let any = wanted == End::Status(ANY) && matches!(got, End::Status(status) if status < 500);
        if got != wanted && !any {
            let body = String::from_utf8_lossy(&answer.1);
            let body: String = body.chars().take(200).collect();
            self.wrong.push(format!("{} {who}: {got:?} in place of {wanted:?}: {body}", function.name));
        }
    }

    /// Asks as Tom, who is this somebody. A refusal names something that is really missing.
    pub async fn ask_as_tom(&mut self, who: &str, function: &Function, tom: &Somebody) -> Vec<u8> {
        let token = self.cast.tester.clone();
        let answer = self.ask(function, Some(&token)).await;
        let may = EXPECTED.may(function, tom);
        let wanted = if may { End::Status(function.status) } else { End::Forbidden };
        self.compare(who, function, wanted, &answer);
        if let Some(needs) = refused(&answer.1)["Forbidden"]["needs"].as_str()
            && EXPECTED.real(tom).contains(needs)
        {
            self.wrong.push(format!("{} {who}: says that {needs} is missing, which is there", function.name));
        }
        answer.1
    }

    /// Fails where anything was wrong, or less was asked.
    pub fn end(self, at_least: usize) {
        let Self { wrong, asked, .. } = self;
        assert!(wrong.is_empty(), "{} of {asked} answers:\n{}", wrong.len(), wrong.join("\n"));
        assert!(asked >= at_least, "only {asked} were asked");
    }
}
