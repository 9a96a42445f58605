//! Translations: what the pages of a published procedure show that is not said in the second language of the
//! catalogue. A notice a procedure: nothing is wrong on the page, for such a text is marked with its language.

use std::collections::BTreeSet;

use crate::diagnostic::code::Code;
use crate::diagnostic::{Diagnostic, Report, excerpt};
use crate::language::Language;
use crate::model::Catalogue;
use crate::validity::Assessment;

/// Counts for each published procedure the texts without a translation.
pub fn check(catalogue: &Catalogue, assessment: &Assessment, report: &mut Report) {
    let Some(second) = catalogue.site.second else { return };
    let language = match second {
        Language::Vietnamese => ["sang tiếng Việt", "Vietnamese"],
        Language::English => ["sang tiếng Anh", "English"],
    };
    let known: BTreeSet<&str> = catalogue.translations.iter().map(|it| it.of.as_str()).collect();
    for (id, procedure) in catalogue.procedure_ids() {
        let Some(shown) = assessment.procedure(id).shown() else { continue };
        let all = catalogue.texts_shown(id, &|part| shown.has(part));
        let missing: Vec<&String> =
            all.iter().filter(|text| !known.contains(text.as_str())).collect();
        let Some(first) = missing.first() else { continue };
        let found = Diagnostic::new(Code::TranslationMissing, procedure.span())
            .with("code", procedure.code.value.as_str())
            .with("missing", missing.len().to_string())
            .with("all", all.len().to_string())
            .with("language", language.map(str::to_owned))
            .with("text", excerpt(first));
        report.push(found);
    }
}
