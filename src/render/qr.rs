//! A text as a QR code: one path of an SVG, drawn when the site is made, so that a reader's machine needs
//! neither a script nor the net for it.

use std::fmt::Write as _;

use qrcodegen::{QrCode, QrCodeEcc};
use serde::Serialize;

/// Light modules around the code, without which a camera does not find it.
const QUIET: i32 = 4;

/// A drawn code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Qr {
    /// The corner and the side of the drawing, as `viewBox` writes them.
    view_box: String,
    /// The dark modules: strokes of one module's width.
    path: String,
}

/// A code that is not drawn yet: its dark modules, line by line, a bit each.
#[derive(Debug)]
pub(super) struct Code {
    side: i32,
    dark: Box<[u8]>,
}

impl Code {
    /// The code of a text; none where it is too long for one.
    pub(super) fn new(text: &str) -> Option<Self> {
        // A quarter lost to dirt or rain is mended where the size allows, a seventh always.
        let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
        let side = code.size();
        let modules: Vec<bool> = (0..side)
            .flat_map(|y| (0..side).map(move |x| (x, y)))
            .map(|(x, y)| code.get_module(x, y))
            .collect();
        let byte =
            |bits: &[bool]| bits.iter().rev().fold(0, |byte, bit| byte << 1 | u8::from(*bit));
        Some(Self { side, dark: modules.chunks(8).map(byte).collect() })
    }

    fn is_dark(&self, x: i32, y: i32) -> bool {
        let place = usize::try_from(y * self.side + x).unwrap_or_default();
        self.dark[place / 8] >> (place % 8) & 1 == 1
    }

    /// As one path.
    pub(super) fn draw(&self) -> Qr {
        let side = self.side;
        let mut path = String::new();
        for y in 0..side {
            let mut last = None;
            let mut x = 0;
            while x < side {
                let run = (x..side).take_while(|x| self.is_dark(*x, y)).count();
                let run = i32::try_from(run).unwrap_or(0);
                if run > 0 {
                    // Writing to a text cannot fail.
                    let _written = match last {
                        None => write!(path, "M{x} {y}.5h{run}"),
                        Some(last) => write!(path, "m{} 0h{run}", x - last),
                    };
                    last = Some(x + run);
                }
                x += run.max(1);
            }
        }
        let whole = side + 2 * QUIET;
        Qr { view_box: format!("-{QUIET} -{QUIET} {whole} {whole}"), path }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_that_is_drawn_is_read() {
        let text = "https://tthc.vi-du.example/thu-tuc/dang-ky-khai-sinh.html#to=0123456789ab";
        let Qr { view_box, path } = Code::new(text).expect("a code").draw();
        let whole: usize = view_box.rsplit(' ').next().and_then(|n| n.parse().ok()).expect("n");
        let side = whole - 8;
        let mut dark = vec![vec![false; side]; side];
        for row in path.split('M').skip(1) {
            let (start, rest) = row.split_once('h').expect("a stroke");
            let (x, y) = start.split_once(' ').expect("a place");
            let mut x: usize = x.parse().expect("a column");
            let y: usize = y.trim_end_matches(".5").parse().expect("a line");
            let mut rest = format!("h{rest}");
            while !rest.is_empty() {
                let end = rest[1..].find(['h', 'm']).map_or(rest.len(), |end| end + 1);
                let n: usize = rest[1..end].trim_end_matches(" 0").parse().expect("a length");
                if rest.starts_with('h') {
                    dark[y][x..x + n].fill(true);
                }
                x += n;
                rest = rest[end..].to_owned();
            }
        }
        let grid = rqrr::SimpleGrid::from_func(side, |x, y| dark[y][x]);
        let (_, read) = rqrr::Grid::new(grid).decode().expect("a code that can be read");
        assert_eq!(read, text);
        assert!(Code::new(&"x".repeat(4000)).is_none());
    }
}
