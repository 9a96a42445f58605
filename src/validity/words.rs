//! The chain of acts in words, in pieces: the command line joins them, a page makes links of them.
//! One sentence a link; small first letter, no full stop.

use super::Assessment;
use super::brought::Brought;
use super::procedure::{Cause, CitationState};
use super::standing::{Author, Deed, Fact, Force, Link};
use crate::language::Language;
use crate::model::Catalogue;
use crate::model::citation::{Citation, Cited};
use crate::model::date::{self, Date};
use crate::model::decision;
use crate::model::document::{Act, DocumentId, Scope};
use crate::model::procedure::Procedure;
use crate::model::provision::Provision;

/// A piece of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Words.
    Text(String),
    /// The name of a document, which a page may link.
    Document(DocumentId),
    /// A provision, which a page says in its own language.
    Provision(Provision),
    /// The law that says so, with its provision.
    Source(&'static str),
    /// A day, and how a sentence on a terminal says it.
    Day(Date, String),
}

/// A sentence as plain text.
#[must_use]
pub fn plain(catalogue: &Catalogue, pieces: &[Piece]) -> String {
    pieces
        .iter()
        .map(|piece| match piece {
            Piece::Text(text) | Piece::Day(_, text) => text.clone(),
            Piece::Document(document) => name(catalogue, *document),
            Piece::Provision(provision) => provision.to_string(),
            Piece::Source(source) => (*source).to_owned(),
        })
        .collect()
}

/// What a document is called in a sentence: kind and number, or the name it is cited by.
#[must_use]
pub fn name(catalogue: &Catalogue, document: DocumentId) -> String {
    let document = &catalogue[document];
    match &document.number {
        Some(number) => format!("{} {number}", document.kind.name()),
        None => document.label().to_owned(),
    }
}

/// The name of a force.
#[must_use]
pub fn force(force: Force, language: Language) -> &'static str {
    let words = match force {
        Force::NotYet => ["chưa có hiệu lực", "not yet in force"],
        Force::NotYetButInPart => {
            ["chưa có hiệu lực, trừ một số điều khoản", "not yet in force but for some provisions"]
        }
        Force::InForce => ["còn hiệu lực", "in force"],
        Force::InForceInPart => [
            "còn hiệu lực, một số điều khoản chưa áp dụng",
            "in force, some provisions yet to begin",
        ],
        Force::PartlyEnded => ["hết hiệu lực một phần", "partly ended"],
        Force::Suspended => ["tạm ngưng hiệu lực", "suspended"],
        Force::PartlySuspended => ["tạm ngưng hiệu lực một phần", "partly suspended"],
        Force::Ended => ["hết hiệu lực toàn bộ", "ended"],
        Force::EndedExcept => {
            ["hết hiệu lực, trừ một số điều khoản", "ended but for some provisions"]
        }
        Force::Withdrawn => ["chấm dứt trước khi có hiệu lực", "ended before it took effect"],
        Force::Unknown => ["chưa rõ hiệu lực", "force unknown"],
        Force::NotItsOwn => ["không có hiệu lực riêng", "no force of its own"],
    };
    language.pick(words)
}

/// One link of a chain.
#[must_use]
pub fn link(link: &Link, language: Language) -> Vec<Piece> {
    let mut words = Sentence { language, pieces: Vec::new() };
    words.document(link.to);
    match &link.fact {
        Fact::TakesEffect => words.say([" có hiệu lực", " takes effect"]),
        Fact::ProvisionTakesEffect(provision) => {
            words.provisions(std::slice::from_ref(provision));
            words.say([" có hiệu lực", " takes effect"]);
        }
        Fact::Moved(author) => words.moved(author),
        Fact::ProvisionMoved(provision, author) => {
            words.provisions(std::slice::from_ref(provision));
            words.moved(author);
        }
        Fact::TermEnds { extended_by } => {
            words.say([" hết thời hạn tự định", " reaches the end of its own term"]);
            if let Some(by) = extended_by {
                words.say([", đã được kéo dài theo ", ", as extended by "]);
                words.author(by);
            }
        }
        Fact::ActedOn(deed) => words.deed(deed),
        Fact::SuspensionEnds(author) => {
            words.say([" không còn bị tạm ngưng hiệu lực bởi ", " is no longer suspended by "]);
            words.author(author);
        }
        Fact::FellWith { parent, own, except, source } => {
            words.provisions(own);
            words.but_for(except);
            words.say([" hết hiệu lực cùng ", " falls with "]);
            words.document(*parent);
            words.say([" mà nó quy định chi tiết, theo ", ", which it implements, by "]);
            words.pieces.push(Piece::Source(source));
        }
        Fact::OutlivedParent { parent, own, source } => {
            words.provisions(own);
            words.say([" vẫn còn hiệu lực khi ", " lives on when "]);
            words.document(*parent);
            words.say([" hết hiệu lực, phải rà soát, theo ", " ends, to be reviewed, by "]);
            words.pieces.push(Piece::Source(source));
        }
        Fact::Continued { own, author } => {
            words.provisions(own);
            words
                .say([" được công bố tiếp tục có hiệu lực theo ", " is announced to continue by "]);
            words.author(author);
        }
        Fact::Supposed { part } => {
            words.provisions(part.as_slice());
            words.say([" hết hiệu lực theo giả định", " ends, as is supposed,"]);
        }
        Fact::BeginningUnknown => {
            words.say([
                ": danh bạ không ghi ngày có hiệu lực",
                ": the register has no effective date",
            ]);
        }
        Fact::Consolidates(documents) => words.consolidates(documents),
        Fact::OnCircle => words.say([
            " nằm trong một vòng văn bản tác động lẫn nhau",
            " lies on a circle of documents that act on each other",
        ]),
    }
    words.day(link.day);
    words.pieces
}

/// Why a procedure is withheld, without the chain behind it.
#[must_use]
pub fn cause(
    catalogue: &Catalogue,
    procedure: &Procedure,
    cause: &Cause,
    language: Language,
) -> Vec<Piece> {
    cause_from(catalogue, procedure, cause, None, language)
}

/// Why a procedure will be withheld on a day. What is not yet so today is told with the day from which it
/// will be.
#[must_use]
pub fn cause_on(
    catalogue: &Catalogue,
    assessment: &Assessment,
    procedure: &Procedure,
    cause: &Cause,
    day: Date,
    language: Language,
) -> Vec<Piece> {
    let from = match cause {
        Cause::BasisLost { citation, .. } => {
            assessment.will_stand_from(&procedure.legal_basis[*citation], day)
        }
        _ => None,
    };
    cause_from(catalogue, procedure, cause, from, language)
}

fn cause_from(
    catalogue: &Catalogue,
    procedure: &Procedure,
    cause: &Cause,
    from: Option<Date>,
    language: Language,
) -> Vec<Piece> {
    let mut words = Sentence { language, pieces: Vec::new() };
    match cause {
        // True of a day that has come and of one to come: both are told by the same sentence.
        Cause::WindowEnded => match procedure.validity.last_day() {
            Some(last_day) => {
                words.say(["chỉ áp dụng đến hết ngày ", "it applies only until the end of "]);
                words.date(last_day);
            }
            None => words.say(["thời gian áp dụng đã hết", "its time of application is over"]),
        },
        Cause::Repealed { decision, item } => {
            let decision = &catalogue[*decision];
            words.say(["bị bãi bỏ theo Quyết định ", "repealed by decision "]);
            words.text(&decision.number);
            if let Some(because) = &decision.items[*item].because_of {
                words.say([", căn cứ ", ", because of "]);
                match &because.value {
                    decision::Cause::Known(document) => words.document(*document),
                    decision::Cause::Unknown(written) => words.text(written),
                }
            }
            words.day(decision.effective.or(decision.signed));
        }
        Cause::BasisLost { citation, state } => {
            words.basis(&procedure.legal_basis[*citation], state, from);
        }
        Cause::NoBasis => words.say(["không có căn cứ pháp lý", "it has no legal basis"]),
    }
    words.pieces
}

/// How a basis stands, of whatever it is one.
#[must_use]
pub fn basis(citation: &Citation, state: &CitationState, language: Language) -> Vec<Piece> {
    let mut words = Sentence { language, pieces: Vec::new() };
    words.basis(citation, state, None);
    words.pieces
}

/// How a basis will stand on a day, with the day from which it will, where it does not yet.
#[must_use]
pub fn basis_on(
    assessment: &Assessment,
    citation: &Citation,
    state: &CitationState,
    day: Date,
    language: Language,
) -> Vec<Piece> {
    let mut words = Sentence { language, pieces: Vec::new() };
    words.basis(citation, state, assessment.will_stand_from(citation, day));
    words.pieces
}

/// What brings a procedure onto the site on a day.
#[must_use]
pub fn brought(
    catalogue: &Catalogue,
    procedure: &Procedure,
    brought: &Brought,
    day: Date,
    language: Language,
) -> Vec<Piece> {
    let mut words = Sentence { language, pieces: Vec::new() };
    match brought {
        Brought::Window => words.say(["bắt đầu áp dụng", "it applies"]),
        Brought::Decision(decision) => {
            words.say(["được công bố theo Quyết định ", "announced by decision "]);
            words.text(&catalogue[*decision].number);
        }
        Brought::Act(act) => return link(act, language),
        Brought::Cited(citation) => {
            words.cited(&procedure.legal_basis[*citation]);
            words.say([" được dẫn", " is cited"]);
        }
        Brought::Basis { citation, state } => {
            words.basis(&procedure.legal_basis[*citation], state, Some(day));
            return words.pieces;
        }
    }
    words.day(Some(day));
    words.pieces
}

struct Sentence {
    language: Language,
    pieces: Vec<Piece>,
}

impl Sentence {
    fn text(&mut self, text: &str) {
        if let Some(Piece::Text(last)) = self.pieces.last_mut() {
            last.push_str(text);
        } else if !text.is_empty() {
            self.pieces.push(Piece::Text(text.to_owned()));
        }
    }

    fn say(&mut self, words: [&'static str; 2]) {
        self.text(self.language.pick(words));
    }

    fn document(&mut self, document: DocumentId) {
        self.pieces.push(Piece::Document(document));
    }

    fn provisions(&mut self, provisions: &[Provision]) {
        if provisions.is_empty() {
            return;
        }
        for (place, provision) in provisions.iter().enumerate() {
            self.text(if place == 0 { " " } else { ", " });
            self.provision(provision);
        }
    }

    fn provision(&mut self, provision: &Provision) {
        self.pieces.push(Piece::Provision(provision.clone()));
    }

    fn date(&mut self, day: Date) {
        let said = match self.language {
            Language::Vietnamese => date::vietnamese(day),
            Language::English => day.to_string(),
        };
        self.pieces.push(Piece::Day(day, said));
    }

    fn but_for(&mut self, except: &[Provision]) {
        if !except.is_empty() {
            self.say([", trừ", ", but for"]);
            self.provisions(except);
            self.say([",", ","]);
        }
    }

    fn day(&mut self, day: Option<Date>) {
        if let Some(day) = day.filter(|day| *day != Date::MIN) {
            self.say([" từ ngày ", " from "]);
            self.date(day);
        }
    }

    fn deed(&mut self, deed: &Deed) {
        match &deed.scope {
            Scope::Whole => {}
            Scope::Parts(parts) => self.provisions(parts),
            Scope::Unspecified => {
                self.say([" (phần không được ghi rõ)", " (in a part that is not recorded)"]);
            }
        }
        self.but_for(&deed.except);
        self.say(match deed.act {
            Act::Replaces => [" được thay thế bởi ", " is replaced by "],
            Act::Repeals => [" bị bãi bỏ bởi ", " is repealed by "],
            Act::DeclaresExpired => [" được công bố hết hiệu lực bởi ", " is declared expired by "],
            Act::Suspends { .. } => [" bị tạm ngưng hiệu lực bởi ", " is suspended by "],
            Act::Resumes => [" được khôi phục hiệu lực bởi ", " is resumed by "],
            Act::Postpones { .. } => {
                [" được ấn định lại ngày hiệu lực bởi ", " is given a new day by "]
            }
            Act::Extends { until } => return self.extension(until, deed),
            Act::DeclaresContinuing => {
                [" được công bố tiếp tục có hiệu lực bởi ", " is announced to continue by "]
            }
            Act::Amends => [" được sửa đổi bởi ", " is amended by "],
            Act::Corrects => [" được đính chính bởi ", " is corrected by "],
            Act::Consolidates => [" được hợp nhất trong ", " is consolidated in "],
        });
        self.author(&Author { by: deed.by, clause: deed.clause.clone() });
    }

    fn extension(&mut self, until: Date, deed: &Deed) {
        let last_day = until.yesterday().unwrap_or(until);
        self.say([" được kéo dài thời hạn đến hết ngày ", " is extended to the end of "]);
        self.date(last_day);
        self.say([", bởi ", ", by "]);
        self.author(&Author { by: deed.by, clause: deed.clause.clone() });
    }

    fn consolidates(&mut self, documents: &[DocumentId]) {
        if documents.is_empty() {
            return self.say([
                ": danh bạ không ghi nó hợp nhất văn bản nào",
                ": the register does not tell what it consolidates",
            ]);
        }
        self.say([" chỉ hợp nhất ", " only consolidates "]);
        for (place, document) in documents.iter().enumerate() {
            if place > 0 {
                self.say([", ", ", "]);
            }
            self.document(*document);
        }
        self.say([" và theo hiệu lực của văn bản được hợp nhất", ", and stands as that does"]);
    }

    fn author(&mut self, author: &Author) {
        self.document(author.by);
        if let Some(clause) = &author.clause {
            self.text(" (");
            self.provision(clause);
            self.text(")");
        }
    }

    fn basis(&mut self, citation: &Citation, state: &CitationState, from: Option<Date>) {
        self.cited(citation);
        if let CitationState::ProvisionEnded(place) | CitationState::ProvisionUnclear(place) = state
        {
            self.provisions(&citation.provisions[*place..=*place]);
        }
        match from {
            None => self.state(state),
            Some(from) => self.coming_state(citation, state, from),
        }
    }

    fn cited(&mut self, citation: &Citation) {
        self.say(["căn cứ ", "its basis "]);
        match &citation.document {
            Cited::Known(document) => self.document(*document),
            Cited::Unknown(written) => self.text(written),
        }
    }

    fn moved(&mut self, author: &Author) {
        self.say([" có hiệu lực, theo ngày do ", " takes effect, on the day set by "]);
        self.author(author);
        self.say([" ấn định lại", ""]);
    }

    fn state(&mut self, state: &CitationState) {
        match state {
            CitationState::InForce => self.say([" còn hiệu lực", " is in force"]),
            CitationState::Exempt => self.say([
                " đã hết hiệu lực nhưng còn được áp dụng chuyển tiếp",
                " has ended but still applies for a while",
            ]),
            CitationState::BeforeWindow => self.say([" chưa được dẫn", " is not yet cited"]),
            CitationState::AfterWindow => {
                self.say([" không còn được dẫn", " is no longer cited"]);
            }
            CitationState::NotYet => self.say([" chưa có hiệu lực", " is not yet in force"]),
            CitationState::Suspended => {
                self.say([" đang bị tạm ngưng hiệu lực", " is suspended"]);
            }
            CitationState::Ended | CitationState::ProvisionEnded(_) => {
                self.say([" đã hết hiệu lực", " has ended"]);
            }
            CitationState::Unknown | CitationState::ProvisionUnclear(_) => {
                self.say([" chưa rõ hiệu lực", " is of unknown force"]);
            }
            CitationState::NotNormative => {
                self.say([
                    " không phải là văn bản quy phạm pháp luật",
                    " is no normative document",
                ]);
            }
            CitationState::NotInRegister => {
                self.say([" không có trong danh bạ văn bản", " is not in the register"]);
            }
        }
    }

    /// What is not so before a day that is still to come must not be told as if it were.
    fn coming_state(&mut self, citation: &Citation, state: &CitationState, from: Date) {
        let ends = [" hết hiệu lực từ ngày ", " ends on "];
        match state {
            CitationState::Ended | CitationState::ProvisionEnded(_) => {
                self.say(ends);
                self.date(from);
            }
            CitationState::Exempt => {
                self.say(ends);
                self.date(from);
                self.say([" nhưng còn được áp dụng chuyển tiếp", " but still applies for a while"]);
            }
            CitationState::Suspended => {
                self.provisions(&citation.provisions);
                self.say([" bị tạm ngưng hiệu lực", " is suspended"]);
                self.day(Some(from));
            }
            CitationState::InForce => {
                self.provisions(&citation.provisions);
                self.say([" có hiệu lực", " is in force"]);
                self.day(Some(from));
            }
            _ => {
                self.state(state);
                self.day(Some(from));
            }
        }
    }
}
