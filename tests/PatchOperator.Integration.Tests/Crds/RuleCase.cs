using System.Text.Json.Nodes;
using PatchOperator.Api;

namespace PatchOperator.Integration.Tests.Crds;

/// <summary>A rule of a CustomResourceDefinition, with what it must take and what it must refuse.</summary>
/// <param name="Crd">The kind.</param>
/// <param name="Path">The field that the rule is about; empty for the object as a whole.</param>
/// <param name="Message">What the rule says when it is broken.</param>
/// <param name="Takes">A spec that it takes.</param>
/// <param name="Refuses">A spec that it refuses.</param>
/// <param name="Before">Of a rule for changes, the spec that is there before; else null.</param>
internal sealed record RuleCase(Crd Crd, string Path, string Message, string Takes, string Refuses, string? Before = null)
{
    private const string Share = "must be a number from 1 up or a share from 1% to 100%";
    private const string OneSource = "type Suite takes suite, type Image takes image, type Repository takes repositories, and none takes what is another's";
    private const string OneBuilder = "builder types Dnf and Zypper, or Custom, build from source type Repository, and the first two from nothing else";
    private const string OneChoice = "either nodeSelector or size must be given";
    private const string OneCheck = "exactly one of prometheus, alerts, object and job must be given";
    private const string Prometheus = "{url: 'http://prometheus:9090'}";
    private const string ADeployment = "object: {apiVersion: apps/v1, kind: Deployment, namespace: shop, name: api, condition: Available}";
    private const string OfWave = "waves[].";
    private const string OneOutput = "either repository or volume must be given";
    private const string OneIdentity = "exactly one of annotation, label and osImage must be given";
    private const string FrozenRun = "the spec of a PatchRun is frozen but for approvals, paused and cancelled; edit the PatchPolicy instead";
    private const string Added = "approvals can only be added";
    private const string OnlyEmergencies = "only a run with the trigger Emergency or Rollback is planned by the operator";
    private const string EmergencyAlone = "emergency is for the trigger Emergency alone";
    private const string RollbackAlone = "rollback is for the trigger Rollback alone, and says which run is to be undone";
    private const string ARollback = "policy: {name: a}, trigger: Rollback, rollback: {run: b, reason: c, nodes: [d]}";
    private const string AnEmergency = "policy: {name: a}, trigger: Emergency";
    private const string StaysCancelled = "what was cancelled stays cancelled";
    private const string FrozenPlan = "the spec of a PatchPlan is frozen; edit the PatchPolicy instead";
    private const string CompleteRecord = "a PatchRecord that is complete never changes";
    private const string WhichRecord = "which record of which run a PatchRecord is never changes";
    private const string FrozenOperation = "what a PatchRun asks of a node is frozen; take the operation back instead";
    private const string FrozenNode = "the node of a NodePatch cannot be changed";

    private const string OneForm = "exactly one of cron, at and monthly must be given";
    private const string Blackouts = "from and to must be two date-times, the later one second, or two days of the year";
    private const string OnlyBlackout = "policySelector is for the effect Blackout alone";
    private const string ZoneMap = "zoneMap: [{topologyZone: a, timeZone: Europe/Berlin}, {topologyRegion: a, timeZone: UTC}]";
    private const string Daily = "schedules: [{cron: '@daily'}], duration: 1h";

    private const string Suite = "source: {suite: bookworm}";
    private const string Unsigned = "source: {type: Repository, repositories: [{id: a, baseUrl: 'http://a', gpgCheck: false}]}";
    private const string Signed = "source: {type: Repository, repositories: [{id: a, baseUrl: 'http://a', gpgCheck: false}, {id: b, baseUrl: 'http://b'}]";
    private const string Keys = "gpgKeys: '-----BEGIN PGP PUBLIC KEY BLOCK-----'";
    private const string ByDnf = "builder: {type: Dnf}, recipe: {packages: {install: [dnf]}}";
    private const string Registry = "output: {repository: registry.example.com/golden/a}";
    private const string ADigest = "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    private const string ARun = $"policy: {{name: a, uid: '1', generation: 1}}, window: nights, windowOpenedAt: '2026-01-02T03:04:05Z', trigger: Window, plan: {{name: p, digest: '{ADigest}'}}";
    private const string Alice = $"{{digest: '{ADigest}', by: alice}}";
    private const string Bob = $"{{digest: '{ADigest}', by: bob}}";
    private const string APlan = "policy: {name: a, uid: '1', generation: 1}, nodes: [{name: a, uid: '1'}]";
    private const string ARecord = "run: {name: r, uid: '1'}, number: 1, complete: false, nodes: [{name: a, uid: '1', result: Succeeded}]";
    private const string AnOperation = "nodeName: a, operation: {run: r, runUID: '1', updates: [{name: openssl, version: '1'}]}";

    public static IReadOnlyList<RuleCase> All { get; } =
    [
        new(
            Crd.PatchPolicy,
            "spec",
            "stagingBandwidth bounds what is staged, and staging is Never",
            "nodeSelector: {}, staging: InWindow, stagingBandwidth: 5Mi",
            "nodeSelector: {}, stagingBandwidth: 5Mi"),
        new(
            Crd.PatchPolicy,
            "",
            "metadata.name has 40 characters at most, as the names of the policy's runs are made from it",
            "nodeSelector: {}",
            "nodeSelector: {}")
        {
            TakesName = new string('a', ApiGroup.MaxPolicyNameLength), RefusesName = new string('a', ApiGroup.MaxPolicyNameLength + 1),
        },
        .. Shares("maxUnavailable"),
        .. Shares("failureThreshold"),
        .. Shares("size", OfWave),
        .. Shares("maxUnavailable", OfWave),
        .. Shares("failureThreshold", OfWave),
        new(Crd.PatchPolicy, "spec.rollout.waves[]", OneChoice, Waves("{name: a, size: 1}"), Waves("{name: a, size: 1, nodeSelector: {}}")),
        new(Crd.PatchPolicy, "spec.rollout.waves[]", OneChoice, Waves("{name: a, nodeSelector: {}}"), Waves("{name: a}")),
        new(
            Crd.PatchPolicy,
            "spec.rollout.waves[].name",
            "must not be rest, which is the last wave, of the nodes that no other takes",
            Waves("{name: resting, size: 1}"),
            Waves("{name: rest, size: 1}")),

        new(Crd.PatchPolicy, "spec.healthChecks[]", OneCheck, Check($"alerts: {Prometheus}"), Check("for: 1m")),
        new(Crd.PatchPolicy, "spec.healthChecks[]", OneCheck, Check(ADeployment), Check($"{ADeployment}, alerts: {Prometheus}")),
        new(Crd.PatchWindow, "spec.schedules[]", OneForm, "schedules: [{at: 2026-12-24T22:00}], duration: 1h", "schedules: [{}], duration: 1h"),
        new(
            Crd.PatchWindow, "spec.schedules[]", OneForm, $"{Daily}", "schedules: [{cron: '@daily', at: 2026-12-24T22:00}], duration: 1h"),
        new(
            Crd.PatchWindow, "spec.schedules[]", OneForm, "schedules: [{monthly: {week: Last, weekday: Friday, time: '23:00'}}], duration: 1h",
            "schedules: [{cron: '@daily', monthly: {week: Last, weekday: Friday, time: '23:00'}}], duration: 1h"),
        new(Crd.PatchWindow, "spec", "validUntil must be later than validFrom", $"{Daily}, {Valid("24", "25")}", $"{Daily}, {Valid("25", "24")}"),
        new(Crd.PatchWindow, "spec", "validUntil must be later than validFrom", $"{Daily}, validFrom: 2026-12-24T22:00", $"{Daily}, {Valid("24", "24")}"),
        new(Crd.PatchWindow, "spec", OnlyBlackout, $"{Daily}, effect: Blackout, policySelector: {{}}", $"{Daily}, policySelector: {{}}"),
        new(Crd.PatchWindow, "spec", "cutoff is for windows that allow patching", $"{Daily}, effect: Blackout, cutoff: 0m", $"{Daily}, effect: Blackout, cutoff: 10m"),
        new(
            Crd.PatchWindow, "spec", "zoneMap is for the timing NodeLocal alone", $"{Daily}, timing: NodeLocal, {ZoneMap}", $"{Daily}, {ZoneMap}"),
        new(
            Crd.PatchWindow, "spec", "the timing NodeLocal is for windows that allow patching", $"{Daily}, timing: NodeLocal",
            $"{Daily}, timing: NodeLocal, effect: Blackout"),
        new(
            Crd.PatchWindow, "spec.zoneMap[]", "exactly one of topologyZone and topologyRegion must be given", $"{Daily}, timing: NodeLocal, {ZoneMap}",
            $"{Daily}, timing: NodeLocal, zoneMap: [{{timeZone: UTC}}]"),
        new(Crd.PatchWindow, "spec.blackouts[]", Blackouts, Blackout("12-24", "01-06"), Blackout("12-24", "2027-01-06T06:00")),
        new(
            Crd.PatchWindow, "spec.blackouts[]", Blackouts, Blackout("2026-12-24T18:00", "2027-01-06T06:00"), Blackout("2027-01-06T06:00", "2026-12-24T18:00")),

        new(Crd.ImageBaseline, "", "metadata.name has 63 characters at most, as it becomes a label", $"{Suite}, {Registry}", $"{Suite}, {Registry}")
        {
            TakesName = new string('a', ApiGroup.MaxBaselineNameLength), RefusesName = new string('a', ApiGroup.MaxBaselineNameLength + 1),
        },
        new(Crd.ImageBaseline, "spec.source", OneSource, $"{Suite}, {Registry}", $"source: {{}}, {Registry}"),
        new(
            Crd.ImageBaseline, "spec.source", OneSource, $"source: {{type: Image, image: 'debian:12'}}, {Registry}",
            $"source: {{type: Image, suite: bookworm}}, {Registry}"),
        new(
            Crd.ImageBaseline, "spec.source", OneSource, $"source: {{type: Suite, suite: trixie}}, {Registry}",
            $"source: {{suite: bookworm, image: 'debian:12'}}, {Registry}"),
        new(
            Crd.ImageBaseline, "spec.source", OneSource, $"{Unsigned}, {ByDnf}, {Registry}",
            $"{Unsigned.Replace("type: Repository", "type: Suite, suite: trixie", StringComparison.Ordinal)}, {Registry}"),
        new(
            Crd.ImageBaseline, "spec.source", "gpgKeys must be given with repositories unless gpgCheck is false for each, and only with them",
            $"{Signed}, {Keys}}}, {ByDnf}, {Registry}", $"{Signed}}}, {ByDnf}, {Registry}"),
        new(
            Crd.ImageBaseline, "spec.source", "gpgKeys must be given with repositories unless gpgCheck is false for each, and only with them",
            $"{Suite}, {Registry}", $"source: {{suite: bookworm, {Keys}}}, {Registry}"),
        new(
            Crd.ImageBaseline, "spec.source", "mirrors are for apt alone, not for type Repository", $"{Unsigned}, {ByDnf}, {Registry}",
            $"{Unsigned.Replace("type: Repository", "type: Repository, mirrors: [deb http://a b c]", StringComparison.Ordinal)}, {ByDnf}, {Registry}"),
        new(Crd.ImageBaseline, "spec", OneBuilder, $"{Unsigned}, {ByDnf}, {Registry}", $"{Unsigned}, {Registry}"),
        new(Crd.ImageBaseline, "spec", OneBuilder, $"{Unsigned}, builder: {{type: Custom, image: a}}, {Registry}", $"{Suite}, {ByDnf}, {Registry}"),
        new(
            Crd.ImageBaseline, "spec", "recipe.packages.install must be given with builder types Dnf and Zypper: it is all that the image has",
            $"{Unsigned}, {ByDnf}, {Registry}", $"{Unsigned}, builder: {{type: Zypper}}, {Registry}"),
        new(
            Crd.ImageBaseline, "spec", "recipe.updates must be All with builder types Dnf and Zypper: they install the newest that the repositories have",
            $"{Unsigned}, {ByDnf}, {Registry}", $"{Unsigned}, {ByDnf.Replace("recipe: {", "recipe: {updates: None, ", StringComparison.Ordinal)}, {Registry}"),
        new(Crd.ImageBaseline, "spec.output", OneOutput, $"{Suite}, {Registry}", $"{Suite}, output: {{}}"),
        new(
            Crd.ImageBaseline,
            "spec.output",
            OneOutput,
            $"{Suite}, output: {{format: Tar, volume: {{claimName: a}}}}",
            $"{Suite}, output: {{format: Tar, repository: r.example.com/a, volume: {{claimName: a}}}}"),
        new(
            Crd.ImageBaseline, "spec.output", "an OCI image goes to a repository", $"{Suite}, output: {{format: RawDisk, volume: {{claimName: a}}}}",
            $"{Suite}, output: {{volume: {{claimName: a}}}}"),
        new(Crd.ImageBaseline, "spec.nodes.identifyBy", OneIdentity, Nodes("annotation: a"), Nodes("")),
        new(Crd.ImageBaseline, "spec.nodes.identifyBy", OneIdentity, Nodes("label: a"), Nodes("label: a, annotation: a")),
        new(Crd.ImageBaseline, "spec.nodes.identifyBy", OneIdentity, Nodes("osImage: true"), Nodes("osImage: true, label: a")),

        new(Crd.PatchRun, "spec", FrozenRun, $"{ARun}, paused: true", Replaced("generation: 1", "generation: 2"), Before: ARun),
        new(Crd.PatchRun, "spec", FrozenRun, $"{ARun}, cancelled: true", Replaced("nights", "days"), Before: ARun),
        new(Crd.PatchRun, "spec", FrozenRun, $"{ARun}, paused: false", Replaced("03:04", "03:05"), Before: $"{ARun}, paused: true"),
        new(Crd.PatchRun, "spec", FrozenRun, $"{ARun}, approvals: [{Alice}]", Replaced("name: p", "name: q"), Before: ARun),
        new(Crd.PatchRun, "spec", FrozenRun, $"{ARun}, paused: true", Replaced(", window: nights", ""), Before: ARun),
        new(Crd.PatchRun, "spec", FrozenRun, Planned(AnEmergency), Planned(AnEmergency).Replace("name: a", "name: b", StringComparison.Ordinal), Before: AnEmergency),
        new(Crd.PatchRun, "spec", FrozenRun, Planned(AnEmergency), $"{Planned(AnEmergency)}, emergency: {{overrideBlackouts: true}}", Before: AnEmergency),
        new(Crd.PatchRun, "spec", FrozenRun, $"{Planned(AnEmergency)}, paused: true", AnEmergency, Before: Planned(AnEmergency)),
        new(Crd.PatchRun, "", "metadata.name has 63 characters at most, as it becomes a label", AnEmergency, AnEmergency)
        {
            TakesName = new string('a', ApiGroup.MaxRunNameLength), RefusesName = new string('a', ApiGroup.MaxRunNameLength + 1),
        },
        new(Crd.PatchRun, "spec", OnlyEmergencies, AnEmergency, "policy: {name: a}, trigger: CatchUp"),
        new(Crd.PatchRun, "spec", FrozenRun, Planned(ARollback), Planned(ARollback).Replace("run: b", "run: x", StringComparison.Ordinal), Before: ARollback),
        new(Crd.PatchRun, "spec", FrozenRun, $"{ARollback}, paused: true", ARollback.Replace(", reason: c", "", StringComparison.Ordinal), Before: ARollback),
        new(Crd.PatchRun, "spec", FrozenRun, $"{ARollback}, cancelled: true", ARollback.Replace(", nodes: [d]", "", StringComparison.Ordinal), Before: ARollback),
        new(Crd.PatchRun, "spec", RollbackAlone, ARollback, $"{AnEmergency}, rollback: {{run: b}}"),
        new(Crd.PatchRun, "spec", RollbackAlone, Planned(ARollback), "policy: {name: a}, trigger: Rollback"),
        new(Crd.PatchRun, "spec", EmergencyAlone, $"{AnEmergency}, emergency: {{reason: x}}", $"{ARun}, emergency: {{reason: x}}"),
        new(Crd.PatchRun, "spec", Added, $"{ARun}, approvals: [{Alice}, {Bob}]", $"{ARun}, approvals: [{Bob}]", Before: $"{ARun}, approvals: [{Alice}]"),
        new(Crd.PatchRun, "spec", Added, $"{ARun}, approvals: [{Alice}], paused: true", $"{ARun}, approvals: []", Before: $"{ARun}, approvals: [{Alice}]"),
        new(Crd.PatchRun, "spec", Added, $"{ARun}, approvals: [{Alice}]", ARun, Before: $"{ARun}, approvals: [{Alice}]"),
        new(Crd.PatchRun, "spec", StaysCancelled, $"{ARun}, cancelled: true, paused: true", $"{ARun}, cancelled: false", Before: $"{ARun}, cancelled: true"),
        new(Crd.PatchRun, "spec", StaysCancelled, $"{ARun}, cancelled: true", ARun, Before: $"{ARun}, cancelled: true"),
        new(Crd.PatchPlan, "spec", FrozenPlan, APlan, "policy: {name: a, uid: '1', generation: 2}, nodes: [{name: a, uid: '1'}]", Before: APlan),
        new(Crd.PatchPlan, "spec", FrozenPlan, APlan, "policy: {name: a, uid: '1', generation: 1}", Before: APlan),
        new(Crd.PatchRecord, "spec", CompleteRecord, Complete(ARecord), Complete(ARecord).Replace("Succeeded", "Failed", StringComparison.Ordinal), Before: Complete(ARecord)),
        new(Crd.PatchRecord, "spec", CompleteRecord, Complete(ARecord), ARecord, Before: Complete(ARecord)),
        new(Crd.PatchRecord, "spec", CompleteRecord, Complete(ARecord), $"{Complete(ARecord)}, changes: [{{}}]", Before: Complete(ARecord)),
        new(Crd.PatchRecord, "spec", WhichRecord, Complete(ARecord), ARecord.Replace("number: 1", "number: 2", StringComparison.Ordinal), Before: ARecord),
        new(Crd.PatchRecord, "spec", WhichRecord, ARecord, ARecord.Replace("uid: '1'}, number", "uid: '2'}, number", StringComparison.Ordinal), Before: ARecord),
        new(Crd.PatchRecord, "spec", WhichRecord, $"{ARecord}, {Previous('a')}", $"{ARecord}, {Previous('b')}", Before: $"{ARecord}, {Previous('a')}"),
        new(Crd.PatchRecord, "spec", WhichRecord, ARecord, $"{ARecord}, {Previous('a')}", Before: ARecord),
        new(Crd.NodePatch, "spec.nodeName", FrozenNode, "nodeName: a", "nodeName: b", Before: "nodeName: a"),
        new(
            Crd.NodePatch,
            "spec.operation",
            FrozenOperation,
            AnOperation,
            AnOperation.Replace("version: '1'", "version: '2'", StringComparison.Ordinal),
            Before: AnOperation),
        new(Crd.NodePatch, "spec.operation", FrozenOperation, "nodeName: a", "nodeName: a, operation: {run: r, runUID: '1'}", Before: AnOperation),
        new(
            Crd.NodePatch, "spec.operation", FrozenOperation, "nodeName: a, operation: {run: r2, runUID: '2'}",
            "nodeName: a, operation: {run: r2, runUID: '1'}", Before: "nodeName: a, operation: {run: r, runUID: '1'}"),
    ];

    public string TakesName { get; init; } = "test";

    public string RefusesName { get; init; } = "test";

    public string Rule => Key(Crd, Path, Message);

    /// <summary>How a rule is known: messages say what a rule is about, and the same may be said of several fields.</summary>
    public static string Key(Crd crd, string path, string message) => $"{crd.Entity.Name} {path}: {message}";

    public JsonObject Entity(string name, string spec) => YamlText.Documents(
        $"apiVersion: {ApiGroup.GroupVersion}\nkind: {Crd.Entity.Name}\nmetadata: {{name: {name}}}\nspec: {{{spec}}}\n").Single();

    public override string ToString() => $"{Rule}{(Before is null ? "" : $" | {Before}")} | {Takes} | {Refuses}";

    private static IEnumerable<RuleCase> Shares(string field, string within = "") => new[]
    {
        ("1", "0"),
        ("3", "-1"),
        ("25%", "0%"),
        ("100%", "101%"),
        ("'7'", "'0'"),
        ("9%", "''"),
        ("2", "half"),
    }
        .Select(values => new RuleCase(
            Crd.PatchPolicy, $"spec.rollout.{within}{field}", Share, Rollout(field, within, values.Item1), Rollout(field, within, values.Item2)));

    private static string Rollout(string field, string within, string value) =>
        within == "" ? $"nodeSelector: {{}}, rollout: {{{field}: {value}}}"
        : Waves(field == "size" ? $"{{name: a, size: {value}}}" : $"{{name: a, size: 1, {field}: {value}}}");

    private static string Check(string what) => $"nodeSelector: {{}}, healthChecks: [{{name: a, {what}}}]";

    private static string Waves(string wave) => $"nodeSelector: {{}}, rollout: {{waves: [{wave}]}}";

    private static string Planned(string run) =>
        $"{run.Replace("name: a", "name: a, uid: '1', generation: 1", StringComparison.Ordinal)}, plan: {{name: p, digest: '{ADigest}'}}";

    private static string Replaced(string what, string by) => ARun.Replace(what, by, StringComparison.Ordinal);

    private static string Complete(string record) => record.Replace("complete: false", "complete: true", StringComparison.Ordinal);

    private static string Previous(char digit) => $"previous: 'sha256:{new string(digit, 64)}'";

    private static string Valid(string from, string until) => $"validFrom: 2026-12-{from}T22:00, validUntil: 2026-12-{until}T22:00";

    private static string Blackout(string from, string to) => $"{Daily}, blackouts: [{{name: a, from: {from}, to: {to}}}]";

    private static string Nodes(string identifyBy) => $"{Suite}, {Registry}, nodes: {{selector: {{}}, identifyBy: {{{identifyBy}}}}}";
}
