//! Writes small PDF files, as a test needs them.

use std::fmt::Write as _;

/// A PDF file, object by object; the first is the catalogue, the second the tree of pages.
pub(crate) struct File {
    objects: Vec<Vec<u8>>,
    pages: Vec<usize>,
}

/// Two fonts that every program knows, and an image of one dot.
const RESOURCES: &str = "/Resources << /Font << /F 3 0 R /B 4 0 R >> /XObject << /Im 5 0 R >> >>";

impl File {
    pub(crate) fn new() -> Self {
        let font = |name: &str| {
            format!("<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>").into_bytes()
        };
        let image =
            b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray \
                      /Length 1 >> stream\n\x7F\nendstream";
        let objects = vec![
            b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
            Vec::new(),
            font("Times-Roman"),
            font("Times-Bold"),
            image.to_vec(),
        ];
        Self { objects, pages: Vec::new() }
    }

    /// Adds an object; its number.
    pub(crate) fn object(&mut self, object: impl Into<Vec<u8>>) -> usize {
        self.objects.push(object.into());
        self.objects.len()
    }

    /// Adds a stream; its number.
    pub(crate) fn stream(&mut self, about: &str, bytes: &[u8]) -> usize {
        let head = format!("<< {about} /Length {} >> stream\n", bytes.len());
        self.object([head.as_bytes(), bytes, b"\nendstream"].concat())
    }

    /// Adds a page that is drawn so.
    pub(crate) fn page(mut self, drawn: &str) -> Self {
        let content = self.stream("", drawn.as_bytes());
        let page =
            format!("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] {RESOURCES} /Contents {content} 0 R >>");
        let page = self.object(page);
        self.pages.push(page);
        self
    }

    /// Makes an object a page.
    pub(crate) fn with_page(mut self, page: usize) -> Self {
        self.pages.push(page);
        self
    }

    /// The number that the next object gets.
    pub(crate) fn next(&self) -> usize {
        self.objects.len() + 1
    }

    /// The bytes of the file.
    pub(crate) fn bytes(mut self) -> Vec<u8> {
        let kids: String = self.pages.iter().map(|page| format!("{page} 0 R ")).collect();
        self.objects[1] = format!("<< /Type /Pages /Count {} /Kids [{kids}] >>", self.pages.len()).into_bytes();
        let mut file = b"%PDF-1.7\n".to_vec();
        let mut places = Vec::new();
        for (at, object) in self.objects.iter().enumerate() {
            places.push(file.len());
            file.extend(format!("{} 0 obj ", at + 1).bytes());
            file.extend(object);
            file.extend(b" endobj\n");
        }
        let table = file.len();
        let mut tail = format!("xref\n0 {}\n0000000000 65535 f \n", self.objects.len() + 1);
        for place in places {
            writeln!(tail, "{place:010} 00000 n ").expect("memory takes it");
        }
        write!(tail, "trailer << /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n", self.objects.len() + 1)
            .expect("memory takes it");
        file.extend(tail.bytes());
        file
    }
}

/// The drawing of a text: font, size, left edge, distance from the lower edge.
pub(crate) fn text(font: char, size: f32, left: f32, base: f32, words: &str) -> String {
    let words = words.replace('\\', "\\\\").replace('(', "\\(").replace(')', "\\)");
    format!("BT /{font} {size} Tf 1 0 0 1 {left} {base} Tm ({words}) Tj ET\n")
}

/// The drawing of lines of a text, one below the other.
pub(crate) fn lines(left: f32, top: f32, lines: &[&str]) -> String {
    let step = |at: usize| top - 13.0 * at as f32;
    lines.iter().enumerate().map(|(at, line)| text('F', 11.0, left, step(at), line)).collect()
}
