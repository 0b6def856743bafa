// Calls a running server by clients whose types openapi-typescript has made from its documents. That this compiles
// says as much as that it runs.
//
// Usage: node client.js INTERNAL_URL PUBLIC_URL SHELL_JWT

import assert from "node:assert/strict";
import createClient from "openapi-fetch";
import type { paths as InternalPaths } from "./internal.js";
import type { paths as PublicPaths } from "./public.js";

const [internalUrl, publicUrl, shellJwt] = process.argv.slice(2) as [string, string, string];
const internal = createClient<InternalPaths>({
    baseUrl: internalUrl,
    headers: { "Gitlab-Shell-Api-Request": shellJwt },
});
const sales = createClient<PublicPaths>({
    baseUrl: publicUrl,
    headers: { "PRIVATE-TOKEN": "glpat-innergate-demo-admin" },
});
const scim = createClient<PublicPaths>({
    baseUrl: publicUrl,
    headers: { Authorization: "Bearer innergate-demo-scim-instance" },
});

async function discoverSomebodyAndNobody(): Promise<void> {
    const somebody = await internal.GET("/api/v4/internal/discover", { params: { query: { username: "root" } } });
    assert.equal(somebody.data?.id, 1);
    const nobody = await internal.GET("/api/v4/internal/discover", { params: { query: { username: "nobody-has-it" } } });
    assert.equal(nobody.response.status, 200);
    assert.equal(nobody.data, null);
}

async function pushOfTwoHundredRefs(): Promise<void> {
    const lines = Array.from({ length: 200 }, (_, ref) => `${"0".repeat(40)} ${"1".repeat(40)} refs/heads/topic-${ref}`);
    const { data, error, response } = await internal.POST("/api/v4/internal/allowed", {
        body: {
            action: "git-receive-pack",
            project: "gnuwget/wget2",
            protocol: "ssh",
            key_id: "7",
            changes: lines.join("\n"),
        },
    });
    if (data !== undefined) {
        assert.equal(data.status, true);
    } else {
        assert.ok([401, 404].includes(response.status));
        assert.ok(error !== undefined && "status" in error && error.status === false);
    }
}

async function tokens(): Promise<void> {
    const ask = (scopes: string[]) =>
        internal.POST("/api/v4/internal/personal_access_token", { body: { key_id: 7, name: "conformance", scopes } });
    const granted = (await ask(["read_user", "read_repository"])).data;
    assert.ok(granted?.success === true);
    assert.deepEqual(granted.scopes, ["read_user", "read_repository"]);
    const refused = (await ask(["no_such_scope"])).data;
    assert.ok(refused?.success === false);
    assert.ok(refused.message.length > 0);
}

async function subscription(): Promise<void> {
    const path = "/api/v4/namespaces/{id}/gitlab_subscription";
    const params = { path: { id: "1234" } };
    const before = (await sales.GET(path, { params })).data;
    const seats = (before?.usage.seats_in_subscription ?? 0) + 1;
    const after = (await sales.PUT(path, { params, body: { seats } })).data;
    assert.equal(after?.usage.seats_in_subscription, seats);
}

async function scimUser(): Promise<void> {
    const name = `conformance-${Date.now()}`;
    const made = await scim.POST("/api/scim/v2/application/Users", {
        body: {
            schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
            externalId: name,
            userName: name,
            active: true,
            name: { formatted: "A B", givenName: "A", familyName: "B" },
            emails: [{ primary: true, type: "work", value: `${name}@example.com` }],
        },
        headers: { "Content-Type": "application/scim+json" },
    });
    assert.equal(made.data?.id, name);
    const found = await scim.GET("/api/scim/v2/application/Users/{id}", { params: { path: { id: name } } });
    assert.equal(found.data?.emails?.[0]?.value, `${name}@example.com`);
}

await discoverSomebodyAndNobody();
await pushOfTwoHundredRefs();
await tokens();
await subscription();
await scimUser();
console.log("The generated TypeScript client did all of it");
