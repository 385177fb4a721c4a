/* The table of products: DataTables orders, pages and draws it; what is shown stands in the fragment of the address.

   Waits for siteData("products", {rows, guidelines, states, guidelineLabels}). A row is [name, href, team, team's href,
   tier or null, lifecycle, state, [index in `states` for each guideline], open, new or null, fixed or null,
   repository]; rows come in the order of their names. Elements with the attribute data-static are about the table
   without scripts. */
"use strict";

(() => {
  const [NAME, HREF, TEAM, TEAM_HREF, TIER, LIFECYCLE, STATE, GUIDELINES, OPEN, NEW, FIXED, REPOSITORY] =
    Array(12).keys();
  // With 100 it takes a third longer until a key shows, in Chromium 156.
  const ROWS_OF_A_PAGE = 50;
  const NONE = "none";
  const NOT_MET = "not met";
  const SETTLED = ["met", "not applicable", "not judged"];

  const DEFAULTS = {
    q: "",
    team: "",
    tier: "",
    lifecycle: "",
    guideline: "",
    is: "",
    state: "",
    sort: "product.asc",
    page: "1",
  };

  const numbers = new Intl.NumberFormat("en");
  const { compare } = new Intl.Collator("en", { numeric: true });

  // ---- Columns: how a cell is filled, and by what the column is ordered ----

  const element = (tag, text, attributes = {}) =>
    Object.assign(document.createElement(tag), { textContent: text, ...attributes });

  const product = {
    fill: (cell, row) => {
      cell.append(element("a", row[NAME], { href: row[HREF] }));
      if (row[NAME] !== row[REPOSITORY]) cell.append(element("small", row[REPOSITORY]));
    },
    key: (_, position) => position,
    cellType: "th",
  };

  const standing = (valueOf, key) => ({
    fill: (cell, row) => {
      cell.textContent = valueOf(row);
      cell.dataset.state = valueOf(row);
    },
    key,
  });

  const number = (index) => ({
    className: "num",
    fill: (cell, row) => cell.append(row[index] === null ? "–" : numbers.format(row[index])),
    key: (row) => row[index] ?? -1,
    first: "desc",
  });

  /** All of them, by their names in the address. */
  const columnsOf = ({ rows, guidelines, states }) => {
    /** The ranks of a column's values by their words, nothing last. */
    const ranks = (index) => {
      const values = [...new Set(rows.map((row) => row[index] ?? ""))];
      values.sort((a, b) => (a === "") - (b === "") || compare(a, b));
      return new Map(values.map((value, rank) => [value, rank]));
    };

    const words = (index) => {
      const rank = ranks(index);
      return {
        fill: (cell, row) => cell.append(row[index] ?? ""),
        key: (row) => rank.get(row[index] ?? ""),
      };
    };

    const team = {
      ...words(TEAM),
      fill: (cell, row) => {
        if (row[TEAM]) cell.append(element("a", row[TEAM], { href: row[TEAM_HREF] }));
      },
    };

    const guideline = (position) => ({
      ...standing(
        (row) => states[row[GUIDELINES][position]],
        (row) => row[GUIDELINES][position],
      ),
      className: "guideline",
    });

    return {
      product,
      team,
      tier: words(TIER),
      lifecycle: words(LIFECYCLE),
      state: { ...standing((row) => row[STATE], words(STATE).key), className: "state" },
      ...Object.fromEntries(guidelines.map((name, position) => [name, guideline(position)])),
      open: number(OPEN),
      new: number(NEW),
      fixed: number(FIXED),
    };
  };

  // ---- Filters ----

  const filters = {
    team: (row) => row[TEAM] || NONE,
    tier: (row) => String(row[TIER] ?? NONE),
    lifecycle: (row) => row[LIFECYCLE] || NONE,
    state: (row) => row[STATE],
  };

  /** What rows have to be like, as a function of a row and its position; `haystacks` are what is searched of each. */
  const conditionOf = (view, { guidelines, states }, haystacks) => {
    const needles = view.q.toLowerCase().split(/\s+/);
    const chosen = Object.entries(filters).filter(([name]) => view[name]);
    const position = guidelines.indexOf(view.guideline);
    const wanted = states.map((state) => (view.is === NOT_MET ? !SETTLED.includes(state) : state === view.is));
    const stands = ({ [GUIDELINES]: each }) =>
      position < 0 ? each.some((state) => wanted[state]) : wanted[each[position]];
    return (row, i) =>
      needles.every((needle) => haystacks[i].includes(needle)) &&
      chosen.every(([name, valueOf]) => valueOf(row) === view[name]) &&
      (!view.is || stands(row));
  };

  // ---- The table ----

  const column = ({ fill, key, ...others }) => ({
    ...others,
    // Cells get their text below: what is returned here would be taken for markup.
    data: (row, type, _, { row: position }) => (type === "display" ? "" : key(row, position)),
    createdCell: (cell, _, row) => {
      fill(cell, row);
      if (cell.tagName === "TH") cell.scope = "row";
    },
    type: "rank",
    // DataTables takes for markup what it searches too.
    searchable: false,
  });

  /** `accepts` says of a row and its position whether it is shown. */
  const takeOver = (table, rows, columns, accepts) => {
    table.tBodies[0].replaceChildren();
    for (const element of document.querySelectorAll("[data-static]")) element.hidden = true;
    const taken = new DataTable(table, {
      data: rows,
      columns: Object.values(columns).map(column),
      deferRender: true,
      autoWidth: false,
      orderClasses: false,
      orderDescReverse: false,
      ordering: { handler: false, indicators: false },
      order: [],
      pageLength: ROWS_OF_A_PAGE,
      layout: { topStart: null, topEnd: null, bottomStart: null, bottomEnd: { paging: { firstLast: false } } },
      language: {
        zeroRecords: "No product is like that.",
        emptyTable: "There are no products.",
        paginate: { previous: "Previous", next: "Next" },
        aria: { paginate: { previous: "Previous page", next: "Next page", number: "Page " } },
      },
    });
    taken.search.fixed("filters", (_, row, position) => accepts(row, position));
    return taken;
  };

  document.addEventListener("data:products", ({ detail: data }) => {
    const { rows, guidelines, states, guidelineLabels } = data;
    const table = document.getElementById("products");
    const form = document.getElementById("filters");
    const count = document.getElementById("count");
    const columns = columnsOf(data);
    const names = Object.keys(columns);
    const haystacks = rows.map((row) => `${row[NAME]}\n${row[REPOSITORY]}\n${row[TEAM]}`.toLowerCase());

    // ---- What is shown, as the address has it ----

    const controls = Object.keys(DEFAULTS).filter((name) => name in form.elements);
    let view = { ...DEFAULTS };

    const hasOption = (name, value) => [...form.elements[name].options].some((option) => option.value === value);

    const isKnown = (name, value) => {
      if (name === "q") return true;
      if (name === "page") return /^[1-9]\d{0,5}$/.test(value);
      if (name === "sort") return names.some((column) => value === `${column}.asc` || value === `${column}.desc`);
      if (["guideline", "is"].includes(name)) return hasOption(name, value);
      // A team may have been renamed since the address was written: then no product is like that, rather than every one.
      if (!hasOption(name, value)) offer(name, [value]);
      return true;
    };

    const readAddress = () => {
      const given = [...new URLSearchParams(location.hash.slice(1))];
      view = {
        ...DEFAULTS,
        ...Object.fromEntries(given.filter(([name, value]) => Object.hasOwn(DEFAULTS, name) && isKnown(name, value))),
      };
    };

    const writeAddress = () => {
      const fragment = new URLSearchParams(
        Object.entries(view).filter(([name, value]) => value !== DEFAULTS[name]),
      ).toString();
      if (fragment === location.hash.slice(1)) return;
      try {
        history.replaceState(null, "", fragment ? `#${fragment}` : location.pathname + location.search);
      } catch {
        // Pages from disk may have no history of their own.
        location.replace(`#${fragment}`);
      }
    };

    const offer = (name, values, labels = values) => {
      form.elements[name].append(...values.map((value, i) => new Option(labels[i], value)));
    };

    const offerAll = () => {
      for (const [name, valueOf] of Object.entries(filters)) {
        const values = new Set(rows.map(valueOf));
        const hasNone = values.delete(NONE);
        offer(name, [...values].sort(compare));
        if (hasNone) offer(name, [NONE]);
      }
      offer("guideline", guidelines, guidelineLabels);
      offer("is", [NOT_MET, ...states]);
    };

    const headings = [...table.tHead.rows[table.tHead.rows.length - 1].cells];
    headings.forEach((heading, i) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...heading.childNodes);
      heading.append(button);
      button.addEventListener("click", () => {
        const [sorted, direction] = view.sort.split(".");
        const other = direction === "asc" ? "desc" : "asc";
        change({ sort: `${names[i]}.${sorted === names[i] ? other : (columns[names[i]].first ?? "asc")}` });
      });
    });
    let accepts = () => true;
    const shown = takeOver(table, rows, columns, (row, position) => accepts(row, position));
    const region = table.closest(".scroll");
    const pager = region.querySelector(".dt-paging");
    region.after(pager);

    const draw = () => {
      const [sorted, direction] = view.sort.split(".");
      const page = Number(view.page) - 1;
      accepts = conditionOf(view, data, haystacks);
      shown.order([[names.indexOf(sorted), direction]]).draw();
      if (page) shown.page(page).draw("page");
      view.page = String(shown.page() + 1);
      const { recordsDisplay, recordsTotal, pages } = shown.page.info();
      pager.hidden = pages < 2;
      const some = recordsDisplay === recordsTotal ? "" : `${numbers.format(recordsDisplay)} of `;
      count.textContent = `${some}${numbers.format(recordsTotal)} ${recordsTotal === 1 ? "product" : "products"}`;
    };

    const change = (changes) => {
      view = { ...view, page: "1", ...changes };
      draw();
      writeAddress();
    };

    const showControls = () => {
      for (const name of controls) form.elements[name].value = view[name];
    };

    const showAddress = () => {
      readAddress();
      showControls();
      draw();
    };

    shown.on("page", () => {
      const page = String(shown.page() + 1);
      if (page === view.page) return;
      view.page = page;
      writeAddress();
      region.scrollTop = 0;
      // DataTables 3.1.5 makes the buttons anew and forgets which one had the focus.
      const { dtIdx } = document.activeElement.dataset;
      shown.one("draw", () => pager.querySelector(`[data-dt-idx="${dtIdx}"]`)?.focus());
    });
    form.addEventListener("input", () =>
      change(Object.fromEntries(controls.map((name) => [name, form.elements[name].value]))),
    );
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", (event) => {
      event.preventDefault();
      change(DEFAULTS);
      showControls();
    });
    window.addEventListener("hashchange", () => {
      // Links to places of the page, such as to its content, change nothing.
      if (location.hash === "" || location.hash.includes("=")) showAddress();
    });

    offerAll();
    form.hidden = false;
    showAddress();
  });
})();
