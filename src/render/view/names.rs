//! What levels and audiences are called, and where their lists stand.

use super::{Here, Link};
use crate::model::agency::Level;
use crate::model::procedure::Audience;
use crate::render::route::Route;

pub(super) fn level_name(here: Here<'_>, level: Level) -> &str {
    here.say(match level {
        Level::Ministry => "level_ministry",
        Level::Province => "level_province",
        Level::Commune => "level_commune",
        Level::Other => "level_other",
    })
}

pub(super) fn levels(here: Here<'_>, levels: &[Level]) -> String {
    levels.iter().map(|level| level_name(here, *level)).collect::<Vec<_>>().join(", ")
}

/// Where a level's list stands.
pub(super) fn level_link(here: Here<'_>, level: Level) -> Link {
    here.link(Route::Level(level), level_name(here, level))
}

pub(super) fn audience_link(here: Here<'_>, audience: Audience) -> Link {
    here.link(Route::Audience(audience), audience_name(here, audience))
}

pub(super) fn audience_name(here: Here<'_>, audience: Audience) -> &str {
    here.say(match audience {
        Audience::Citizen => "audience_citizen",
        Audience::OverseasVietnamese => "audience_overseas_vietnamese",
        Audience::Foreigner => "audience_foreigner",
        Audience::Official => "audience_official",
        Audience::Enterprise => "audience_enterprise",
        Audience::VietnameseEnterprise => "audience_vietnamese_enterprise",
        Audience::ForeignInvestedEnterprise => "audience_foreign_invested_enterprise",
        Audience::Organisation => "audience_organisation",
        Audience::ForeignOrganisation => "audience_foreign_organisation",
        Audience::Cooperative => "audience_cooperative",
        Audience::PartyMember => "audience_party_member",
        Audience::PartyOrganisation => "audience_party_organisation",
    })
}
