import http from "k6/http";
import { check } from "k6";

export const options = { scenarios: { steady: { executor: "constant-arrival-rate", rate: 400, timeUnit: "1s", duration: "20m", preAllocatedVUs: 200 } } };

export default function () {
  check(http.get("https://$name.staging.acme.example/"), { "is answered": (answer) => answer.status === 200 });
}
