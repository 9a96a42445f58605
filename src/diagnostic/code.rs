//! The table of all codes. Imports nothing: checks know codes, codes know no check.
//!
//! The letter says which file a person has to mend: `Y` any file's text, `C` the catalogue and its small
//! registers, `R` the register of documents, `P` a procedure, `D` a decision, `W` words in free text,
//! wherever they stand, `T` the theme, `A` what the audit of the finished site names, `M` none: the new
//! site and the one that stands do not go together.
//! A number is never used twice; a retired code keeps its page.

/// What can be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "each code has a page of its own, printed by `niemyet explain`")]
pub enum Code {
    SymbolicLink,
    FileTooLarge,
    NotUtf8,
    ControlCharacter,
    Syntax,
    TooDeep,
    AnchorOrTag,
    SeveralDocuments,
    DuplicateKey,
    UnknownKey,
    MissingKey,
    WrongShape,
    UnquotedNumber,
    BadDate,
    BadWord,
    EmptyValue,
    NotNfc,
    BadFileName,
    UnknownFile,
    BadNumber,
    WindowBackwards,
    SentinelDate,
    BadProvision,
    BadLink,
    RawHtml,
    ConflictMarker,
    CatalogueMissing,
    DuplicateId,
    AgencyUnknown,
    FieldUnknown,
    ProcedureUnknown,
    OfficeUnknown,
    FormFileMissing,
    FormFileUnused,
    AgencyEnded,
    FormKind,
    OfficeEnded,
    CheckedInFuture,
    UpkeepBudget,
    PlaceWillGo,
    GroupWillGo,
    FormerIdTaken,
    TranslationUnused,
    TranslationMissing,
    TargetUnknown,
    NumberAmbiguous,
    KindMissing,
    EffectiveMissing,
    Cycle,
    EndBeforeStart,
    ActWithoutForce,
    ScopeUnspecified,
    StatusDiffers,
    NumberTwice,
    ParentEnded,
    NumberMissing,
    ActsOnNewer,
    EndUndated,
    SuccessorGap,
    SuccessorOverlap,
    ActOnEnded,
    ActsOnItself,
    ActsContradict,
    ExceptOutside,
    ResumesNothing,
    ContinuesNothing,
    OlderThanParent,
    BeforeParent,
    EffectiveBeforeSigned,
    SignedInFuture,
    CountsLater,
    OlderPrevails,
    BasisWillEnd,
    BasisWillPause,
    ProvisionTwice,
    ExtendsBack,
    ParentTwice,
    ImplementsLower,
    ActsOnHigher,
    OtherYear,
    BasisUnknown,
    BasisUndated,
    BasisEnded,
    ProvisionEnded,
    BasisNotYet,
    BasisSuspended,
    BasisMissing,
    PartMissing,
    VersionsOverlap,
    VersionsGap,
    ElementEnded,
    ExemptionEnded,
    BadCode,
    FormUnknown,
    InternalTooLong,
    BasisUnclear,
    BasisNotNormative,
    BasisTwice,
    BasisSpent,
    CheckOverdue,
    ExemptionPlaceholder,
    ExemptionNeedless,
    ProcedureWillGo,
    ElementWillGo,
    ExemptionWillEnd,
    RepealComing,
    NextCheckPast,
    ItemUnknown,
    DecisionDays,
    SignedLate,
    PublicLate,
    NotPublic,
    AnnouncementOverdue,
    DecisionTooEarly,
    DecisionInFuture,
    NotAnnouncing,
    ProseEnded,
    ProseUnknown,
    ProseDateDiffers,
    DeadTerm,
    ProseAmbiguous,
    ProseSuspended,
    ProseWillEnd,
    ProseWithheld,
    ProseEmpty,
    ProseMarks,
    Template,
    AddressTaken,
    EndedNamed,
    ContainerShut,
    WithheldNamed,
    ProceduresVanish,
    DayGoesBack,
    BuildNumberLow,
    SiteUnknown,
    FilesForeign,
    BuildNumbersSpent,
}

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// `check` fails.
    Error,
    /// `check` fails under `--strict`.
    Warning,
    /// Nothing fails: what is about to happen, or has happened and cannot be mended any more.
    Notice,
}

/// One row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// The code.
    pub code: Code,
    /// Letter and number.
    pub id: &'static str,
    /// The name people search for.
    pub name: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// Whether it keeps `build` from making a site: the text cannot be understood. What can be
    /// understood and has ended is left out instead, and the site is made.
    pub structural: bool,
    /// The legal reason (căn cứ pháp lý) why it matters, where one provision says so.
    pub law: Option<&'static str>,
    /// Its page.
    pub page: &'static str,
}

macro_rules! law {
    () => {
        None
    };
    ($law:literal) => {
        Some($law)
    };
}

macro_rules! table {
    ($($id:literal $code:ident $name:literal $severity:ident $structural:literal $(, $law:literal)?)*) => {
        &[$(Entry {
            code: Code::$code,
            id: $id,
            name: $name,
            severity: Severity::$severity,
            structural: $structural,
            law: law!($($law)?),
            page: include_str!(concat!("pages/", $id, "-", $name, ".md")),
        }),*]
    };
}

/// All codes, in the order of the enum.
#[rustfmt::skip]
pub const ALL: &[Entry] = table! {
    "Y001" SymbolicLink "symbolic-link" Error true
    "Y002" FileTooLarge "file-too-large" Error true
    "Y003" NotUtf8 "not-utf8" Error true
    "Y004" ControlCharacter "control-character" Error true
    "Y005" Syntax "syntax" Error true
    "Y006" TooDeep "too-deep" Error true
    "Y007" AnchorOrTag "anchor-or-tag" Error true
    "Y008" SeveralDocuments "several-documents" Error true
    "Y009" DuplicateKey "duplicate-key" Error true
    "Y010" UnknownKey "unknown-key" Error true
    "Y011" MissingKey "missing-key" Error true
    "Y012" WrongShape "wrong-shape" Error true
    "Y013" UnquotedNumber "unquoted-number" Error true
    "Y014" BadDate "bad-date" Error true
    "Y015" BadWord "bad-word" Error true
    "Y016" EmptyValue "empty-value" Error true
    "Y017" NotNfc "not-nfc" Warning false
    "Y018" BadFileName "bad-file-name" Error true
    "Y019" UnknownFile "unknown-file" Warning false
    "Y020" BadNumber "bad-number" Error true
    "Y021" WindowBackwards "window-backwards" Error true
    "Y022" SentinelDate "sentinel-date" Error true
    "Y023" BadProvision "bad-provision" Error true
    "Y024" BadLink "bad-link" Error true
    "Y025" RawHtml "raw-html" Error true
    "Y026" ConflictMarker "conflict-marker" Error true
    "C001" CatalogueMissing "catalogue-missing" Error true
    "C002" DuplicateId "duplicate-id" Error true
    "C003" AgencyUnknown "agency-unknown" Error true
    "C004" FieldUnknown "field-unknown" Error true
    "C005" ProcedureUnknown "procedure-unknown" Error true
    "C006" OfficeUnknown "office-unknown" Error true
    "C007" FormFileMissing "form-file-missing" Error true, "Nghị định 63/2010/NĐ-CP, Điều 8 khoản 2 điểm h"
    "C008" FormFileUnused "form-file-unused" Warning false
    "C009" AgencyEnded "agency-ended" Warning false, "Nghị định 63/2010/NĐ-CP, Điều 8 khoản 2 điểm g"
    "C010" FormKind "form-kind" Error true
    "C011" OfficeEnded "office-ended" Warning false
    "C012" CheckedInFuture "checked-in-future" Warning false
    "C013" UpkeepBudget "upkeep-budget" Warning false
    "C014" PlaceWillGo "place-will-go" Notice false
    "C015" GroupWillGo "group-will-go" Notice false
    "C016" FormerIdTaken "former-id-taken" Error true
    "C017" TranslationUnused "translation-unused" Warning false
    "C018" TranslationMissing "translation-missing" Notice false
    "R001" TargetUnknown "target-unknown" Error true
    "R002" NumberAmbiguous "number-ambiguous" Error true
    "R003" KindMissing "kind-missing" Error true
    "R004" EffectiveMissing "effective-missing" Error false, "Luật 64/2025/QH15, Điều 53"
    "R005" Cycle "cycle" Error false
    "R006" EndBeforeStart "end-before-start" Error false
    "R007" ActWithoutForce "act-without-force" Warning false
    "R008" ScopeUnspecified "scope-unspecified" Warning false, "Luật 64/2025/QH15, Điều 8 khoản 3"
    "R009" StatusDiffers "status-differs" Warning false
    "R010" NumberTwice "number-twice" Warning false
    "R011" ParentEnded "parent-ended" Warning false, "Luật 64/2025/QH15, Điều 57 khoản 2"
    "R012" NumberMissing "number-missing" Error true
    "R013" ActsOnNewer "acts-on-newer" Error false
    "R014" EndUndated "end-undated" Warning false
    "R015" SuccessorGap "successor-gap" Warning false
    "R016" SuccessorOverlap "successor-overlap" Warning false
    "R017" ActOnEnded "act-on-ended" Warning false
    "R018" ActsOnItself "acts-on-itself" Error false
    "R019" ActsContradict "acts-contradict" Warning false
    "R020" ExceptOutside "except-outside" Warning false
    "R021" ResumesNothing "resumes-nothing" Warning false, "Luật 64/2025/QH15, Điều 56"
    "R022" ContinuesNothing "continues-nothing" Warning false, "Luật 64/2025/QH15, Điều 57 khoản 2"
    "R023" OlderThanParent "older-than-parent" Warning false
    "R024" BeforeParent "before-parent" Warning false, "Luật 64/2025/QH15, Điều 53"
    "R025" EffectiveBeforeSigned "effective-before-signed" Warning false, "Luật 64/2025/QH15, Điều 55"
    "R026" SignedInFuture "signed-in-future" Warning false
    "R027" CountsLater "counts-later" Warning false
    "R028" OlderPrevails "older-prevails" Warning false, "Luật 64/2025/QH15, Điều 58"
    "R030" BasisWillEnd "basis-will-end" Notice false
    "R031" BasisWillPause "basis-will-pause" Notice false, "Luật 64/2025/QH15, Điều 56"
    "R034" ProvisionTwice "provision-twice" Warning false
    "R035" ExtendsBack "extends-back" Warning false
    "R036" ParentTwice "parent-twice" Warning false
    "R037" ImplementsLower "implements-lower" Warning false, "Luật 64/2025/QH15, Điều 4"
    "R038" ActsOnHigher "acts-on-higher" Warning false, "Luật 64/2025/QH15, Điều 4"
    "R039" OtherYear "other-year" Warning false, "Nghị định 78/2025/NĐ-CP"
    "P001" BasisUnknown "basis-unknown" Error false
    "P002" BasisUndated "basis-undated" Error false
    "P003" BasisEnded "basis-ended" Error false, "Luật 64/2025/QH15, Điều 57"
    "P004" ProvisionEnded "provision-ended" Error false, "Luật 64/2025/QH15, Điều 57"
    "P005" BasisNotYet "basis-not-yet" Warning false, "Luật 64/2025/QH15, Điều 53"
    "P006" BasisSuspended "basis-suspended" Error false, "Luật 64/2025/QH15, Điều 56"
    "P007" BasisMissing "basis-missing" Error false, "Nghị định 63/2010/NĐ-CP, Điều 15"
    "P008" PartMissing "part-missing" Warning false, "Nghị định 63/2010/NĐ-CP, Điều 8 khoản 2"
    "P009" VersionsOverlap "versions-overlap" Error true
    "P010" VersionsGap "versions-gap" Warning false
    "P011" ElementEnded "element-ended" Error false
    "P012" ExemptionEnded "exemption-ended" Error false
    "P013" BadCode "bad-code" Error true
    "P014" FormUnknown "form-unknown" Error true
    "P015" InternalTooLong "internal-too-long" Warning false
    "P016" BasisUnclear "basis-unclear" Error false
    "P017" BasisNotNormative "basis-not-normative" Error false
    "P018" BasisTwice "basis-twice" Warning false
    "P019" BasisSpent "basis-spent" Warning false
    "P020" CheckOverdue "check-overdue" Notice false
    "P021" ExemptionPlaceholder "exemption-placeholder" Error true
    "P022" ExemptionNeedless "exemption-needless" Notice false
    "P023" ProcedureWillGo "procedure-will-go" Notice false, "Nghị định 63/2010/NĐ-CP, Điều 14"
    "P024" ElementWillGo "element-will-go" Notice false
    "P025" ExemptionWillEnd "exemption-will-end" Notice false
    "P026" RepealComing "repeal-coming" Notice false, "Nghị định 63/2010/NĐ-CP, Điều 14 khoản 2 điểm c"
    "P027" NextCheckPast "next-check-past" Warning false
    "D001" ItemUnknown "item-unknown" Warning false, "Nghị định 63/2010/NĐ-CP, Điều 17"
    "D002" DecisionDays "decision-days" Warning false
    "D003" SignedLate "signed-late" Notice false, "Nghị định 63/2010/NĐ-CP, Điều 15"
    "D004" PublicLate "public-late" Notice false, "Quyết định 766/QĐ-TTg"
    "D005" NotPublic "not-public" Warning false, "Quyết định 766/QĐ-TTg"
    "D006" AnnouncementOverdue "announcement-overdue" Warning false, "Nghị định 63/2010/NĐ-CP, Điều 15"
    "D007" DecisionTooEarly "decision-too-early" Warning false
    "D008" DecisionInFuture "decision-in-future" Warning false
    "D009" NotAnnouncing "not-announcing" Error true
    "W001" ProseEnded "prose-ended" Error false
    "W002" ProseUnknown "prose-unknown" Warning false
    "W003" ProseDateDiffers "prose-date-differs" Warning false
    "W004" DeadTerm "dead-term" Warning false
    "W005" ProseAmbiguous "prose-ambiguous" Warning false
    "W006" ProseSuspended "prose-suspended" Warning false
    "W007" ProseWillEnd "prose-will-end" Notice false
    "W008" ProseWithheld "prose-withheld" Error false
    "W009" ProseEmpty "prose-empty" Warning false
    "W010" ProseMarks "prose-marks" Warning false
    "T001" Template "template" Error true
    "T002" AddressTaken "address-taken" Error true
    "A001" EndedNamed "ended-named" Error true
    "A002" ContainerShut "container-shut" Error true
    "A003" WithheldNamed "withheld-named" Error true
    "M001" ProceduresVanish "procedures-vanish" Error true
    "M002" DayGoesBack "day-goes-back" Error true
    "M003" BuildNumberLow "build-number-low" Error true
    "M004" SiteUnknown "site-unknown" Error true
    "M005" FilesForeign "files-foreign" Error true
    "M006" BuildNumbersSpent "build-numbers-spent" Error true
};

impl Code {
    /// The row of this code.
    #[must_use]
    pub fn entry(self) -> &'static Entry {
        &ALL[self as usize]
    }

    /// Whether what it says keeps something of its file from being understood. A reference to nothing, or to
    /// a name that is another's, is a mistake of the one who refers; it hides nothing else.
    #[must_use]
    pub fn hides(self) -> bool {
        let only_refers =
            matches!(self, Self::ProcedureUnknown | Self::FormerIdTaken | Self::NotAnnouncing);
        self.entry().structural && !only_refers
    }

    /// Whether it says of a day in a record that it has not come yet. That is a mistake on the day on which
    /// the record is kept, and none where an earlier day is only asked about.
    #[must_use]
    pub fn is_about_a_day_to_come(self) -> bool {
        matches!(self, Self::SignedInFuture | Self::CheckedInFuture | Self::DecisionInFuture)
    }

    /// Finds a code by its id or its name, in any letter case.
    #[must_use]
    pub fn find(text: &str) -> Option<&'static Entry> {
        ALL.iter().find(|entry| {
            entry.id.eq_ignore_ascii_case(text) || entry.name.eq_ignore_ascii_case(text)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table_stands_in_the_order_of_the_enum() {
        for (place, entry) in ALL.iter().enumerate() {
            assert_eq!(entry.code as usize, place, "{}", entry.id);
            assert_eq!(Code::find(entry.id).map(|found| found.code), Some(entry.code));
            assert_eq!(Code::find(entry.name).map(|found| found.code), Some(entry.code));
        }
    }
}
