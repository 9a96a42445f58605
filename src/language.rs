//! The languages that findings and pages are written in.

/// A language of the interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Language {
    /// Tiếng Việt.
    #[default]
    Vietnamese,
    /// English.
    English,
}

impl Language {
    /// Both, with the word editors write.
    pub const ALL: [(Self, &'static str); 2] = [(Self::Vietnamese, "vi"), (Self::English, "en")];

    /// The one that it is not.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Vietnamese => Self::English,
            Self::English => Self::Vietnamese,
        }
    }

    /// Of the same in Vietnamese and in English, that in this one.
    #[must_use]
    pub fn pick<T>(self, [vietnamese, english]: [T; 2]) -> T {
        match self {
            Self::Vietnamese => vietnamese,
            Self::English => english,
        }
    }

    /// The language tag (BCP 47).
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::Vietnamese => "vi",
            Self::English => "en",
        }
    }
}
