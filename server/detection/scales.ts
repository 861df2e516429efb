/** Log price `ln(o0/o1)`, positive when odds shorten. It adds up over steps, which percentages do not. */
export const logPrice = (oldMilliOdds: number, newMilliOdds: number): number => Math.log(oldMilliOdds / newMilliOdds);

/** Log-odds `λ = ln(p/(1 − p))` of a probability in (0, 1): any real number, 0 at one half. */
export const logOdds = (probability: number): number => Math.log(probability / (1 - probability));

/** The probability in (0, 1) whose log-odds are λ. */
export const probabilityOf = (lambda: number): number => 1 / (1 + Math.exp(-lambda));
