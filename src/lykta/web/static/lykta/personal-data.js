// A stand-in until the screen is here.
export const findings = () => [];
