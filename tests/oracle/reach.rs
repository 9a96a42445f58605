//! What an act reaches of a document, and how that meets a provision (rule 6).

use crate::names::{Lie, Name};

/// A scope, less what it excepts.
#[derive(Clone, PartialEq)]
pub(crate) struct Reach {
    pub(crate) what: What,
    pub(crate) except: Vec<Name>,
}

/// The scope as it is written.
#[derive(Clone, PartialEq)]
pub(crate) enum What {
    All,
    Parts(Vec<Name>),
    Somewhere,
}

/// How much of a provision something reaches.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Touch {
    Nothing,
    SomeOfIt,
    Unclear,
    AllOfIt,
}

impl Reach {
    pub(crate) fn is_everything(&self) -> bool {
        self.what == What::All && self.except.is_empty()
    }

    pub(crate) fn parts(&self) -> &[Name] {
        if let What::Parts(parts) = &self.what { parts } else { &[] }
    }

    /// As [`Reach::touches`], where what is not specified does not matter.
    pub(crate) fn touches_surely(&self, asked: &Name) -> Touch {
        if self.what == What::Somewhere { Touch::Nothing } else { self.touches(asked) }
    }

    /// Rule 6.
    pub(crate) fn touches(&self, asked: &Name) -> Touch {
        let reached = match &self.what {
            What::All => Touch::AllOfIt,
            What::Somewhere => Touch::Unclear,
            What::Parts(parts) => parts
                .iter()
                .map(|part| match part.lies(asked) {
                    Lie::Holds => Touch::AllOfIt,
                    Lie::Unclear => Touch::Unclear,
                    Lie::Within => Touch::SomeOfIt,
                    Lie::Apart => Touch::Nothing,
                })
                .max()
                .unwrap_or(Touch::Nothing),
        };
        let exceptions = |lie| self.except.iter().any(|saved| saved.lies(asked) == lie);
        if reached == Touch::Nothing || exceptions(Lie::Holds) {
            Touch::Nothing
        } else if exceptions(Lie::Unclear) {
            Touch::Unclear
        } else if reached == Touch::AllOfIt && exceptions(Lie::Within) {
            Touch::SomeOfIt
        } else {
            reached
        }
    }
}
