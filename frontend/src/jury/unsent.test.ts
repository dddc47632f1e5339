import { beforeEach, describe, expect, it } from "vitest";
import { Unsent } from "./unsent";

const KEY = "sheet:/jury/1/works/2/marks/";

beforeEach(() => localStorage.clear());

describe("Unsent", () => {
  it("keeps a change until the server has exactly this one", () => {
    const unsent = new Unsent(KEY);
    unsent.put("story", { value: "28", seen: 3 });
    unsent.put("story", { value: "28.5", seen: 3 });
    unsent.done("story", "28");
    expect(new Unsent(KEY).first).toEqual(["story", { value: "28.5", seen: 3 }]);
    unsent.done("story", "28.5");
    expect(new Unsent(KEY).size).toBe(0);
    expect(localStorage.length).toBe(0);
  });

  it("takes up what was typed without network, whatever else happened to the sheet", () => {
    new Unsent(KEY).put("story", { value: "28", seen: 3 });
    const again = new Unsent(KEY);
    again.dropArrived(7, () => "20");
    expect(again.first).toEqual(["story", { value: "28", seen: 3 }]);
  });

  it("drops what arrived while the page closed, and what somebody changed after it", () => {
    const unsent = new Unsent(KEY);
    unsent.put("story", { value: "28", seen: 3, gone: true });
    unsent.put("comment", { value: "好", seen: 3, gone: true });
    const values: Record<string, string> = { story: "28", comment: "很好" };
    unsent.dropArrived(5, (name) => values[name]);
    expect(new Unsent(KEY).size).toBe(0);
  });

  it("sends again what went off while the page closed and never arrived", () => {
    const unsent = new Unsent(KEY);
    unsent.put("story", { value: "28", seen: 3, gone: true });
    unsent.dropArrived(3, () => "");
    expect(unsent.size).toBe(1);
  });

  it("leaves alone what another tab of the same sheet keeps", () => {
    const here = new Unsent(KEY);
    const there = new Unsent(KEY);
    here.put("story", { value: "28", seen: 3 });
    there.put("comment", { value: "好", seen: 3 });
    here.put("story", { value: "29", seen: 3 });
    there.done("comment", "好");
    expect(new Unsent(KEY).all).toEqual([["story", { value: "29", seen: 3 }]]);
    there.put("story", { value: "20", seen: 4 });
    here.done("story", "29");
    expect(new Unsent(KEY).first).toEqual(["story", { value: "20", seen: 4 }]);
  });

  it("is not stopped by what another version left", () => {
    localStorage.setItem(KEY, "{");
    expect(new Unsent(KEY).size).toBe(0);
  });
});
