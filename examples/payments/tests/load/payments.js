import http from "k6/http";

export const options = { scenarios: { steady: { executor: "constant-arrival-rate", rate: 500, duration: "1h", preAllocatedVUs: 800 } } };

export default function () {
  http.post(`${__ENV.TARGET}/payments`, JSON.stringify({ shop: "staff", amount: 100, currency: "EUR" }));
}
