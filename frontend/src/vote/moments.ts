import { language } from "../shell/language";

/** A moment as pages write it: 7月3日 00:00, or 3 July, 00:00, in the call's time zone. */
export function moment(when: Date, zone: string, page: Document = document): string {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone || undefined,
    month: language(page) === "en" ? "long" : "numeric",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).formatToParts(when);
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? "";
  const time = `${part("hour")}:${part("minute")}`;
  if (language(page) === "en") return `${Number(part("day"))} ${part("month")}, ${time}`;
  return `${Number(part("month"))}月${Number(part("day"))}日 ${time}`;
}
