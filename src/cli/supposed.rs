//! What would come of a supposed end, told: how the text stands, what would go, what would stay and why,
//! each with the file and line that ties it. Computes nothing: `validity::suppose` does.

use serde_json::{Value, json};

use super::markdown;
use super::things::{self, Source, day_said};
use super::told::{self, Item, Note, Section};
use crate::files::Span;
use crate::language::Language;
use crate::model::citation::Citation;
use crate::model::date::{Date, Window};
use crate::model::document::{Document, DocumentId, Effect};
use crate::pipeline::Understood;
use crate::validity::procedure::CitationState;
use crate::validity::published::Thing;
use crate::validity::standing::{Fact, Force, Link};
use crate::validity::suppose::{self, Altered, Difference, Impact, Supposition, Survivor, Tie};
use crate::validity::words;

/// One supposition and what comes of it.
pub(super) struct Told<'a> {
    source: Source<'a>,
    understood: &'a Understood,
    supposed: Supposition,
    impact: Impact,
    language: Language,
}

impl<'a> Told<'a> {
    pub(super) fn new(
        source: Source<'a>,
        understood: &'a Understood,
        supposed: Supposition,
        language: Language,
    ) -> Self {
        let Understood { catalogue, assessment, .. } = understood;
        let impact = suppose::impact(catalogue, assessment, &supposed);
        Self { source, understood, supposed, impact, language }
    }

    pub(super) fn text(&self) -> String {
        let lead: Vec<String> = self.lead().into_iter().map(|line| format!("  {line}")).collect();
        let lists = told::text(&self.sections());
        [self.heading(), lead.join("\n"), lists].join("\n").trim_end().to_owned()
    }

    pub(super) fn markdown(&self) -> String {
        // The links of a chain are items of a list already.
        let line = |line: &String| match line.trim_start().strip_prefix("- ") {
            Some(link) => format!("- {}", markdown::escaped(link)),
            None => markdown::escaped(line),
        };
        let lead: Vec<String> = self.lead().iter().map(line).collect();
        let heading = markdown::escaped(&self.heading());
        format!("## {heading}\n\n{}\n\n{}", lead.join("\n\n"), told::markdown(&self.sections()))
    }

    pub(super) fn is_anything_lost(&self) -> bool {
        !self.impact.losses.is_empty()
    }

    fn heading(&self) -> String {
        let catalogue = &self.understood.catalogue;
        let Supposition { document, part, .. } = &self.supposed;
        let part = part.as_ref().map(|part| format!(", {part}")).unwrap_or_default();
        let title = &catalogue[*document].title;
        format!("{}{part}: {title}", words::name(catalogue, *document))
    }

    /// How it stands on the day, what is supposed, and whether that is news.
    fn lead(&self) -> Vec<String> {
        let from = day_said(self.supposed.from, self.language);
        let force = words::force(self.force(), self.language);
        let mut lines = vec![match self.language {
            Language::Vietnamese => format!("ngày {from}, theo danh bạ: {force}"),
            Language::English => format!("on {from}, by the register: {force}"),
        }];
        if self.is_over() {
            lines
                .extend(self.because(self.supposed.from).into_iter().map(|why| format!("- {why}")));
            lines.push(
                self.language
                    .pick([
                        "đã hết hiệu lực từ trước, nên giả định này không đổi gì",
                        "it has ended already, so that the supposition changes nothing",
                    ])
                    .to_owned(),
            );
            return lines;
        }
        if matches!(self.force(), Force::Unknown | Force::NotItsOwn) {
            lines
                .extend(self.because(self.supposed.from).into_iter().map(|why| format!("- {why}")));
        }
        lines.push(match self.language {
            Language::Vietnamese => format!("giả sử hết hiệu lực từ ngày {from}"),
            Language::English => format!("suppose that it ends from {from}"),
        });
        if let Some(day) = self.ends_anyway() {
            let day_words = day_said(day, self.language);
            lines.push(match self.language {
                Language::Vietnamese => {
                    format!("dù không giả định, nó cũng hết hiệu lực từ ngày {day_words}:")
                }
                Language::English => format!("without the supposition it ends from {day_words}:"),
            });
            lines.extend(self.because(day).into_iter().map(|why| format!("- {why}")));
        }
        if self.impact.losses.is_empty() {
            lines.push(
                self.language
                    .pick(["không có gì trên trang mất đi", "nothing on the site would go"])
                    .to_owned(),
            );
        }
        lines
    }

    fn force(&self) -> Force {
        let life = self.understood.assessment.life(self.supposed.document);
        life.standing(self.supposed.part.as_ref(), self.supposed.from).force
    }

    fn is_over(&self) -> bool {
        matches!(self.force(), Force::Ended | Force::Withdrawn)
    }

    /// The day on which it ends by the register itself.
    fn ends_anyway(&self) -> Option<Date> {
        let life = self.understood.assessment.life(self.supposed.document);
        let part = self.supposed.part.as_ref();
        let is_over =
            |day: &Date| matches!(life.standing(part, *day).force, Force::Ended | Force::Withdrawn);
        life.days().range(self.supposed.from..).copied().find(is_over)
    }

    fn because(&self, day: Date) -> Vec<String> {
        let Understood { catalogue, assessment, .. } = self.understood;
        let standing =
            assessment.life(self.supposed.document).standing(self.supposed.part.as_ref(), day);
        let links = standing.because.iter();
        links.map(|link| words::plain(catalogue, &words::link(link, self.language))).collect()
    }

    fn sections(&self) -> Vec<Section> {
        let mut sections = Vec::new();
        for loss in &self.impact.losses {
            let heading = match loss.thing {
                Thing::Procedure(_) => {
                    ["thủ tục không còn đăng", "procedures that would be withheld"]
                }
                Thing::Group(_) => ["nhóm liên thông không còn đăng", "joint groups that would go"],
                Thing::Citation(..) => {
                    ["căn cứ không còn dẫn trên trang", "legal bases that would no more be shown"]
                }
                _ => ["phần mất khỏi trang thủ tục", "parts that would go from pages"],
            };
            Section::add(&mut sections, self.language.pick(heading), self.difference(loss));
        }
        let others = self.others();
        for altered in others {
            let heading =
                ["văn bản khác đổi tình trạng", "other documents that would stand otherwise"];
            Section::add(&mut sections, self.language.pick(heading), self.altered(altered));
        }
        for gain in &self.impact.gains {
            let heading = ["lại hiện ra", "what would appear"];
            Section::add(&mut sections, self.language.pick(heading), self.difference(gain));
        }
        for survivor in &self.impact.survivors {
            let heading = ["vẫn còn, nhờ căn cứ khác", "what would stay, by another basis"];
            Section::add(&mut sections, self.language.pick(heading), self.survivor(survivor));
        }
        for link in &self.impact.kept {
            let heading = ["văn bản vẫn còn hiệu lực", "documents that would live on"];
            let words = words::plain(&self.understood.catalogue, &words::link(link, self.language));
            let notes = self.link_place(link).map(|span| {
                let title = self.understood.catalogue[link.to].title.clone();
                Note::at(self.source.place(span), title)
            });
            let item = Item { head: words, notes: notes.into_iter().collect() };
            Section::add(&mut sections, self.language.pick(heading), item);
        }
        sections
    }

    fn others(&self) -> impl Iterator<Item = &Altered> {
        self.impact.documents.iter().filter(|altered| altered.document != self.supposed.document)
    }

    fn difference(&self, difference: &Difference) -> Item {
        let Difference { thing, days, ties } = difference;
        let catalogue = &self.understood.catalogue;
        let bases = thing.bases(catalogue);
        let notes = ties.iter().map(|tie| self.tie(&bases[tie.citation], tie)).collect();
        Item { head: format!("{}{}", self.called(*thing, days.from), self.until(*days)), notes }
    }

    fn survivor(&self, survivor: &Survivor) -> Item {
        let bases = survivor.thing.bases(&self.understood.catalogue);
        let note = |tie: &Tie| self.tie(&bases[tie.citation], tie);
        let lost = survivor.lost.iter().filter(|tie| !tie.state.supports()).map(note);
        let notes = lost.chain(survivor.carried_by.iter().map(note)).collect();
        Item { head: self.called(survivor.thing, Some(survivor.day)), notes }
    }

    fn called(&self, thing: Thing, day: Option<Date>) -> String {
        let catalogue = &self.understood.catalogue;
        let day = day.map(|day| day.to_string()).unwrap_or_default();
        let kind = things::kind_said(catalogue, thing, self.language);
        format!("{day} {kind}: {}", things::name(catalogue, thing))
    }

    fn until(&self, days: Window) -> String {
        let Some(until) = days.until else { return String::new() };
        match self.language {
            Language::Vietnamese => format!(" (từ {until} thì không có giả định cũng vậy)"),
            Language::English => format!(" (from {until} on it is so without the supposition)"),
        }
    }

    fn tie(&self, basis: &Citation, tie: &Tie) -> Note {
        Note::at(self.source.place(basis.span), self.tie_said(basis, tie))
    }

    fn tie_said(&self, basis: &Citation, tie: &Tie) -> String {
        let catalogue = &self.understood.catalogue;
        if let (CitationState::Exempt, Some(exemption)) = (&tie.state, &basis.exemption) {
            let label = catalogue.cited_label(&basis.document);
            let until = exemption.until;
            return match self.language {
                Language::Vietnamese => {
                    format!(
                        "căn cứ {label} hết hiệu lực, còn áp dụng chuyển tiếp đến trước {until}"
                    )
                }
                Language::English => {
                    format!(
                        "its basis {label} has ended and still applies, by exemption, until {until}"
                    )
                }
            };
        }
        words::plain(catalogue, &words::basis(basis, &tie.state, self.language))
    }

    fn altered(&self, altered: &Altered) -> Item {
        let catalogue = &self.understood.catalogue;
        let day = altered.days.from.map(|day| day.to_string()).unwrap_or_default();
        let name = words::name(catalogue, altered.document);
        let [before, after] = [&altered.before, &altered.after]
            .map(|standing| words::force(standing.force, self.language));
        let instead = self.language.pick(["thay vì", "instead of"]);
        let head = format!("{day} {name}: {after}, {instead} {before}{}", self.until(altered.days));
        let notes = altered.links().into_iter().map(|link| {
            let words = words::plain(catalogue, &words::link(link, self.language));
            let place = self.link_place(link).map(|span| self.source.place(span));
            Note { place, words }
        });
        Item { head, notes: notes.collect() }
    }

    /// Where the register says what a link tells.
    fn link_place(&self, link: &Link) -> Option<Span> {
        let catalogue = &self.understood.catalogue;
        let target: &Document = &catalogue[link.to];
        let act_of = |by: DocumentId, wanted: &dyn Fn(&Effect) -> bool| {
            let effects = catalogue[by].effects.iter().filter(|effect| effect.target == link.to);
            effects.into_iter().find(|effect| wanted(effect)).map(|effect| effect.span)
        };
        match &link.fact {
            Fact::FellWith { parent, .. } | Fact::OutlivedParent { parent, .. } => {
                let tie = target.implements.iter().find(|tie| tie.parent == *parent)?;
                Some(tie.span)
            }
            Fact::ActedOn(deed) => act_of(deed.by, &|effect| {
                effect.act == deed.act && effect.scope == deed.scope && effect.clause == deed.clause
            }),
            Fact::Moved(author)
            | Fact::ProvisionMoved(_, author)
            | Fact::SuspensionEnds(author)
            | Fact::Continued { author, .. }
            | Fact::TermEnds { extended_by: Some(author) } => {
                act_of(author.by, &|effect| effect.clause == author.clause)
            }
            _ => None,
        }
    }

    pub(super) fn json(&self) -> Value {
        let catalogue = &self.understood.catalogue;
        let Supposition { document, part, from } = &self.supposed;
        let day = |day: Option<Date>| day.map(|day| day.to_string());
        let ties = |thing: Thing, ties: &[Tie]| {
            let bases = thing.bases(catalogue);
            let tie = |tie: &Tie| self.tie_json(&bases[tie.citation], tie);
            ties.iter().map(tie).collect::<Vec<Value>>()
        };
        let head = |thing: Thing, days: Window| {
            let span = things::span(catalogue, thing);
            self.source.put(
                Some(span),
                json!({
                    "kind": things::key(catalogue, thing),
                    "id": things::id(catalogue, thing),
                    "what": things::name(catalogue, thing),
                    "from": day(days.from),
                    "until": day(days.until),
                }),
            )
        };
        let difference = |it: &Difference| {
            let mut object = head(it.thing, it.days);
            object["ties"] = json!(ties(it.thing, &it.ties));
            object
        };
        let survivor = |it: &Survivor| {
            let mut object = head(it.thing, Window { from: Some(it.day), until: None });
            object["lost"] = json!(ties(it.thing, &it.lost));
            object["carried_by"] = json!(ties(it.thing, &it.carried_by));
            object
        };
        let link = |link: &Link| {
            let message = words::plain(catalogue, &words::link(link, self.language));
            let id = catalogue[link.to].slug.as_str();
            self.source.put(self.link_place(link), json!({ "id": id, "message": message }))
        };
        let altered = |it: &Altered| {
            json!({
                "id": catalogue[it.document].slug.as_str(),
                "what": words::name(catalogue, it.document),
                "from": day(it.days.from),
                "until": day(it.days.until),
                "before": things::force_key(it.before.force),
                "after": things::force_key(it.after.force),
                "because": it.links().into_iter().map(link).collect::<Vec<Value>>(),
            })
        };
        let impact = &self.impact;
        json!({
            "id": catalogue[*document].slug.as_str(),
            "name": self.heading(),
            "provision": part.as_ref().map(ToString::to_string),
            "force": things::force_key(self.force()),
            "because": self.because(*from),
            "already_ended": self.is_over(),
            "ends_anyway": day(self.ends_anyway()),
            "losses": impact.losses.iter().map(difference).collect::<Vec<Value>>(),
            "gains": impact.gains.iter().map(difference).collect::<Vec<Value>>(),
            "survivors": impact.survivors.iter().map(survivor).collect::<Vec<Value>>(),
            "documents": self.others().map(altered).collect::<Vec<Value>>(),
            "kept": impact.kept.iter().map(link).collect::<Vec<Value>>(),
        })
    }

    fn tie_json(&self, basis: &Citation, tie: &Tie) -> Value {
        let provisions: Vec<String> = basis.provisions.iter().map(ToString::to_string).collect();
        let object = json!({
            "document": self.understood.catalogue.cited_label(&basis.document),
            "provisions": provisions,
            "state": things::state_key(&tie.state),
            "message": self.tie_said(basis, tie),
        });
        self.source.put(Some(basis.span), object)
    }
}
