//! Transformations of the plane, as drawing operators name them.

/// The numbers a to f of a transformation: a point (x, y) goes to (ax + cy + e, bx + dy + f).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Matrix(pub(super) [f64; 6]);

impl Matrix {
    /// The one that leaves all as it is.
    pub(super) const IDENTITY: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// A move.
    pub(super) const fn shift(x: f64, y: f64) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// The transformation that does `first`, and then this one.
    pub(super) fn after(self, first: Self) -> Self {
        let ([a, b, c, d, e, f], [g, h, i, j, k, l]) = (self.0, first.0);
        Self([a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f])
    }

    /// Where a point goes.
    pub(super) fn point(self, x: f64, y: f64) -> (f64, f64) {
        let [a, b, c, d, e, f] = self.0;
        (a * x + c * y + e, b * x + d * y + f)
    }

    /// Where a step of one to the right leads.
    pub(super) const fn rightward(self) -> (f64, f64) {
        (self.0[0], self.0[1])
    }

    /// Where a step of one upwards leads.
    pub(super) const fn upward(self) -> (f64, f64) {
        (self.0[2], self.0[3])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn does_one_after_the_other() {
        let twice = Matrix([2.0, 0.0, 0.0, 2.0, 0.0, 0.0]);
        assert_eq!(Matrix::shift(1.0, 0.0).after(twice).point(3.0, 4.0), (7.0, 8.0));
        assert_eq!(twice.after(Matrix::shift(1.0, 0.0)).point(3.0, 4.0), (8.0, 8.0));
    }
}
