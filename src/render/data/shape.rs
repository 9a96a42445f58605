//! The shapes of the data: keys in the order in which they are written. What is absent is left out.

use serde::Serialize;

#[derive(Serialize)]
pub(super) struct ProcedureList<'a> {
    /// The day for which the data holds.
    pub(super) as_of: String,
    /// The first day on which it holds no longer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) valid_until: Option<String>,
    pub(super) publisher: &'a str,
    pub(super) procedures: Vec<ProcedureRow<'a>>,
}

#[derive(Serialize)]
pub(super) struct DocumentList<'a> {
    /// The day for which the data holds.
    pub(super) as_of: String,
    /// The first day on which it holds no longer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) valid_until: Option<String>,
    pub(super) publisher: &'a str,
    pub(super) documents: Vec<DocumentData<'a>>,
}

#[derive(Serialize)]
pub(super) struct ProcedureRow<'a> {
    pub(super) code: &'a str,
    pub(super) title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) plain_title: Option<&'a str>,
    pub(super) field: Named<'a>,
    pub(super) levels: Vec<&'static str>,
    pub(super) url: String,
    pub(super) data: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) next_change: Option<String>,
    /// The first day on which it is no longer published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) until: Option<String>,
}

#[derive(Serialize)]
pub(super) struct Named<'a> {
    pub(super) id: &'a str,
    pub(super) name: &'a str,
}

#[derive(Serialize)]
pub(super) struct DocumentData<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) number: Option<&'a str>,
    pub(super) title: &'a str,
    pub(super) kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) signed: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) effective: Option<String>,
    /// How it stands, in the words of the pages.
    pub(super) status: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) next_change: Option<String>,
    /// The first day on which it is over.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) until: Option<String>,
    pub(super) url: String,
}

#[derive(Serialize)]
pub(super) struct ProcedureData<'a> {
    pub(super) code: &'a str,
    /// `current`, or `coming`: announced, as it will be on the day of `applies_from`.
    pub(super) status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) applies_from: Option<String>,
    pub(super) title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) plain_title: Option<&'a str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub(super) search_terms: &'a [String],
    pub(super) field: Named<'a>,
    pub(super) levels: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) class: Option<&'a str>,
    pub(super) audience: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) source: Option<&'a str>,
    pub(super) origin: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) validity: Option<Days>,
    pub(super) legal_basis: Vec<CitationData<'a>>,
    pub(super) authority: AuthorityData<'a>,
    pub(super) any_office: bool,
    pub(super) channels: Vec<ChannelData<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) reception: Vec<PlaceData<'a>>,
    pub(super) cases: Vec<CaseData<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) dossier_sets: Option<u32>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) forms: Vec<FormData<'a>>,
    pub(super) steps: Vec<StepData<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) requirements: Option<String>,
    pub(super) results: Vec<ResultData<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) announced: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) complaints: Option<ComplaintsData<'a>>,
    pub(super) related: RelatedData<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) last_checked: Option<CheckedData>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) next_change: Option<String>,
    /// The first day on which any of this differs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) valid_until: Option<String>,
    pub(super) url: String,
}

/// The days of a part of a procedure.
#[derive(Default, Serialize)]
pub(super) struct PartDays {
    /// As they are written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) validity: Option<Days>,
    /// The first day on which it is no longer there, whatever ends it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) until: Option<String>,
}

#[derive(Serialize)]
pub(super) struct Days {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) last_day: Option<String>,
}

#[derive(Serialize)]
pub(super) struct CitationData<'a> {
    pub(super) document: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) title: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) provisions: Vec<String>,
    pub(super) role: &'static str,
    /// `in_force`, `exempt` (ended, still applied for a while) or `unchecked`.
    pub(super) status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) exemption: Option<ExemptionData<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) url: Option<String>,
}

#[derive(Serialize)]
pub(super) struct ExemptionData<'a> {
    pub(super) reason: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) last_day: Option<String>,
}

#[derive(Serialize)]
pub(super) struct AuthorityData<'a> {
    pub(super) performs: Vec<Named<'a>>,
    pub(super) decides: Vec<Named<'a>>,
    pub(super) coordinates: Vec<Named<'a>>,
    pub(super) delegated: Vec<Named<'a>>,
}

#[derive(Serialize)]
pub(super) struct ChannelData<'a> {
    pub(super) kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) level: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) online_payment: Option<bool>,
    pub(super) times: Vec<TimeData<'a>>,
    /// Rows are missing because their ground is gone.
    pub(super) times_incomplete: bool,
    pub(super) fees: Vec<FeeData<'a>>,
    /// Rows are missing because their ground is gone: an empty list does not mean "free".
    pub(super) fees_incomplete: bool,
    #[serde(flatten)]
    pub(super) days: PartDays,
}

#[derive(Serialize)]
pub(super) struct TimeData<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) when: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) amount: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) unit: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) text: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) note: Option<&'a str>,
    #[serde(flatten)]
    pub(super) days: PartDays,
}

#[derive(Serialize)]
pub(super) struct FeeData<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) kind: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) amount: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) currency: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) text: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) unit: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) when: Option<&'a str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub(super) exempt: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) set_by: Option<&'static str>,
    #[serde(flatten)]
    pub(super) days: PartDays,
}

#[derive(Serialize)]
pub(super) struct PlaceData<'a> {
    pub(super) name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) address: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) hours: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) phone: Option<&'a str>,
    #[serde(flatten)]
    pub(super) days: PartDays,
}

#[derive(Serialize)]
pub(super) struct CaseData<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) title: Option<&'a str>,
    pub(super) dossier: Vec<PaperData<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) steps: Vec<StepData<'a>>,
}

#[derive(Default, Serialize)]
pub(super) struct PaperData<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) originals: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) copies: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) mode: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) form: Option<&'a str>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) replaced_by_data: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) note: Option<&'a str>,
    #[serde(flatten)]
    pub(super) days: PartDays,
}

#[derive(Serialize)]
pub(super) struct FormData<'a> {
    pub(super) id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) code: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) url: Option<String>,
    #[serde(flatten)]
    pub(super) days: PartDays,
}

#[derive(Serialize)]
pub(super) struct StepData<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) who: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) time: Option<TimeData<'a>>,
    #[serde(flatten)]
    pub(super) days: PartDays,
}

#[derive(Serialize)]
pub(super) struct ResultData<'a> {
    pub(super) name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) code: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) valid_for: Option<&'a str>,
}

#[derive(Serialize)]
pub(super) struct ComplaintsData<'a> {
    #[serde(rename = "where", skip_serializing_if = "Option::is_none")]
    pub(super) place: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) deadline: Option<&'a str>,
}

#[derive(Serialize)]
pub(super) struct RelatedData<'a> {
    pub(super) before: Vec<&'a str>,
    pub(super) after: Vec<&'a str>,
    pub(super) see: Vec<&'a str>,
}

#[derive(Serialize)]
pub(super) struct CheckedData {
    pub(super) on: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) next: Option<String>,
}

#[derive(Serialize)]
pub(super) struct RemovedList<'a> {
    /// The day for which the data holds.
    pub(super) as_of: String,
    /// The first day on which the data will differ.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) valid_until: Option<String>,
    pub(super) publisher: &'a str,
    pub(super) removed: Vec<RemovedRow<'a>>,
    pub(super) moved: Vec<MovedRow>,
}

#[derive(Serialize)]
pub(super) struct RemovedRow<'a> {
    pub(super) kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) code: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) number: Option<&'a str>,
    pub(super) url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) since: Option<String>,
    pub(super) reason: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) except: Vec<String>,
    pub(super) replaced_by: Vec<String>,
}

#[derive(Serialize)]
pub(super) struct MovedRow {
    pub(super) from: String,
    pub(super) to: String,
}
