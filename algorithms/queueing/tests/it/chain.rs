//! Exact waits where no formula exists, from Markov chains: what approximations are held against.

type Matrix = Vec<Vec<f64>>;

/// Service in two phases: begin in the first with this chance, at these rates; the first is
/// followed by the second, or ends the service.
#[derive(Clone, Copy)]
pub struct Phases {
    pub first: f64,
    pub rates: [f64; 2],
    pub follow: bool,
}

impl Phases {
    /// Erlang's distribution with two stages and mean 1.
    pub fn erlang_2() -> Self {
        Self {
            first: 1.0,
            rates: [2.0, 2.0],
            follow: true,
        }
    }

    /// Hyperexponential with mean 1, this squared cv, and as much work from either phase.
    pub fn hyper(squared_cv: f64) -> Self {
        let first = 0.5 * (1.0 + ((squared_cv - 1.0) / (squared_cv + 1.0)).sqrt());
        Self {
            first,
            rates: [2.0 * first, 2.0 * (1.0 - first)],
            follow: false,
        }
    }
}

/// The mean wait with Poisson arrivals: the chain over (inside, busy in the first phase), cut off
/// at so many inside and solved level by level from there.
pub fn mean_wait(servers: usize, rate: f64, service: Phases, levels: usize) -> f64 {
    let shape = Shape {
        servers,
        rate,
        service,
    };
    let mut ups: Vec<Matrix> = vec![Vec::new(); levels + 1];
    let mut above: Option<Matrix> = None;
    for level in (0..=levels).rev() {
        let mut inner = shape.local(level, level < levels);
        if let Some(excess) = &above {
            let down = shape.down(level + 1);
            add(&mut inner, &product(excess, &down));
        }
        if level > 0 {
            let negative: Matrix = inner
                .iter()
                .map(|row| row.iter().map(|value| -value).collect())
                .collect();
            let up = product(&shape.up(level - 1), &inverse(negative));
            ups[level] = up.clone();
            above = Some(up);
        }
    }
    let mut state = vec![1.0];
    let (mut total, mut queued) = (1.0, 0.0);
    for (level, up) in ups.iter().enumerate().skip(1) {
        state = product(&vec![state], up).remove(0);
        let weight: f64 = state.iter().sum();
        total += weight;
        queued += level.saturating_sub(servers) as f64 * weight;
    }
    queued / total / rate
}

struct Shape {
    servers: usize,
    rate: f64,
    service: Phases,
}

impl Shape {
    fn busy(&self, level: usize) -> usize {
        level.min(self.servers)
    }

    fn zeros(&self, from: usize, to: usize) -> Matrix {
        vec![vec![0.0; self.busy(to) + 1]; self.busy(from) + 1]
    }

    fn up(&self, level: usize) -> Matrix {
        let mut up = self.zeros(level, level + 1);
        for (first, row) in up.iter_mut().enumerate() {
            if level < self.servers {
                row[first + 1] += self.rate * self.service.first;
                row[first] += self.rate * (1.0 - self.service.first);
            } else {
                row[first] += self.rate;
            }
        }
        up
    }

    fn down(&self, level: usize) -> Matrix {
        let mut down = self.zeros(level, level - 1);
        let begins = if level > self.servers {
            self.service.first
        } else {
            0.0
        };
        for (first, row) in down.iter_mut().enumerate() {
            let second = self.busy(level) - first;
            let ends_second = second as f64 * self.service.rates[1];
            let ends_first = first as f64 * self.service.rates[0];
            let ends_first = if self.service.follow { 0.0 } else { ends_first };
            // Whoever waits begins in the first phase with the given chance.
            if level > self.servers {
                if ends_second > 0.0 {
                    row[first + 1] += ends_second * begins;
                    row[first] += ends_second * (1.0 - begins);
                }
                if ends_first > 0.0 {
                    row[first] += ends_first * begins;
                    row[first - 1] += ends_first * (1.0 - begins);
                }
            } else {
                if ends_second > 0.0 {
                    row[first] += ends_second;
                }
                if ends_first > 0.0 {
                    row[first - 1] += ends_first;
                }
            }
        }
        down
    }

    fn local(&self, level: usize, grows: bool) -> Matrix {
        let mut local = self.zeros(level, level);
        for (first, row) in local.iter_mut().enumerate() {
            let second = self.busy(level) - first;
            let leaving = first as f64 * self.service.rates[0];
            row[first] -= leaving + second as f64 * self.service.rates[1];
            row[first] -= if grows { self.rate } else { 0.0 };
            if self.service.follow && first > 0 {
                row[first - 1] += leaving;
            }
        }
        local
    }
}

/// The mean wait with constant service of 1: c services later, whoever was there beyond c is
/// still there, and a Poisson number has joined (Crommelin 1932). Iterated until it stands still.
pub fn mean_wait_constant(servers: usize, rate: f64, levels: usize) -> f64 {
    let mut joining = vec![(-rate).exp()];
    while joining.len() < 20 || joining[joining.len() - 1] > 1e-18 {
        joining.push(joining[joining.len() - 1] * rate / joining.len() as f64);
    }
    let mut inside = vec![0.0; levels];
    inside[0] = 1.0;
    let mut mean = 0.0;
    for _ in 0..200_000 {
        let mut next = vec![0.0; levels];
        for (count, weight) in inside.iter().enumerate().filter(|state| *state.1 > 1e-20) {
            let left = count.saturating_sub(servers);
            for (more, chance) in joining.iter().enumerate() {
                next[(left + more).min(levels - 1)] += weight * chance;
            }
        }
        inside = next;
        let now: f64 = inside.iter().enumerate().map(|(n, w)| n as f64 * w).sum();
        if (now - mean).abs() < 1e-11 * now {
            break;
        }
        mean = now;
    }
    mean / rate - 1.0
}

fn add(to: &mut Matrix, more: &Matrix) {
    for (row, others) in to.iter_mut().zip(more) {
        for (value, other) in row.iter_mut().zip(others) {
            *value += other;
        }
    }
}

fn product(left: &Matrix, right: &Matrix) -> Matrix {
    let columns = right[0].len();
    let cell = |row: &[f64], column: usize| {
        row.iter()
            .zip(right)
            .map(|(value, other)| value * other[column])
            .sum()
    };
    left.iter()
        .map(|row| (0..columns).map(|column| cell(row, column)).collect())
        .collect()
}

/// Gauss and Jordan, with the largest pivot of each column.
fn inverse(mut matrix: Matrix) -> Matrix {
    let size = matrix.len();
    for (index, row) in matrix.iter_mut().enumerate() {
        row.extend((0..size).map(|column| f64::from(u8::from(column == index))));
    }
    for column in 0..size {
        let largest = |a: &usize, b: &usize| {
            let (a, b): (f64, f64) = (matrix[*a][column], matrix[*b][column]);
            a.abs().total_cmp(&b.abs())
        };
        let pivot = (column..size).max_by(largest).expect("a row is left");
        matrix.swap(column, pivot);
        let scale = matrix[column][column];
        matrix[column].iter_mut().for_each(|value| *value /= scale);
        let row = matrix[column].clone();
        for (index, other) in matrix
            .iter_mut()
            .enumerate()
            .filter(|other| other.0 != column)
        {
            let factor = other[column];
            debug_assert!(index != column);
            for (value, minus) in other.iter_mut().zip(&row) {
                *value -= factor * minus;
            }
        }
    }
    matrix.into_iter().map(|row| row[size..].to_vec()).collect()
}
