/** A colour of the theme as rgb(): the chart's own code does not read oklch(). */
export function colour(name: string): string {
  const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const value = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  if (!context || !value) return "#8a8178";
  context.fillStyle = value;
  context.fillRect(0, 0, 1, 1);
  const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
  return `rgb(${red}, ${green}, ${blue})`;
}
