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
    private const string OneSource = "type Suite takes suite, type Image takes image, and neither takes both";
    private const string OneOutput = "either repository or volume must be given";
    private const string OneIdentity = "exactly one of annotation, label and osImage must be given";
    private const string FrozenRun = "the spec of a PatchRun is frozen; edit the PatchPolicy instead";
    private const string FrozenPlan = "the spec of a PatchPlan is frozen; edit the PatchPolicy instead";
    private const string FrozenOperation = "what a PatchRun asks of a node is frozen; take the operation back instead";
    private const string FrozenNode = "the node of a NodePatch cannot be changed";

    private const string Suite = "source: {suite: bookworm}";
    private const string Registry = "output: {repository: registry.example.com/golden/a}";
    private const string ARun = "policy: {name: a, uid: '1', generation: 1}, window: nights";
    private const string APlan = "policy: {name: a, uid: '1', generation: 1}, nodes: [{name: a, uid: '1'}]";
    private const string AnOperation = "nodeName: a, operation: {run: r, runUID: '1', updates: [{name: openssl, version: '1'}]}";

    public static IReadOnlyList<RuleCase> All { get; } =
    [
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

        new(Crd.PatchRun, "spec", FrozenRun, ARun, "policy: {name: a, uid: '1', generation: 2}, window: nights", Before: ARun),
        new(Crd.PatchRun, "spec", FrozenRun, ARun, "policy: {name: a, uid: '1', generation: 1}", Before: ARun),
        new(
            Crd.PatchRun, "spec", FrozenRun, "policy: {name: a, uid: '1'}", "policy: {name: a, uid: '1'}, window: nights",
            Before: "policy: {name: a, uid: '1'}"),
        new(Crd.PatchPlan, "spec", FrozenPlan, APlan, "policy: {name: a, uid: '1', generation: 2}, nodes: [{name: a, uid: '1'}]", Before: APlan),
        new(Crd.PatchPlan, "spec", FrozenPlan, APlan, "policy: {name: a, uid: '1', generation: 1}", Before: APlan),
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

    private static IEnumerable<RuleCase> Shares(string field) => new[]
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
            Crd.PatchPolicy, $"spec.rollout.{field}", Share, $"nodeSelector: {{}}, rollout: {{{field}: {values.Item1}}}", $"nodeSelector: {{}}, rollout: "
                + $"{{{field}: {values.Item2}}}"));

    private static string Nodes(string identifyBy) => $"{Suite}, {Registry}, nodes: {{selector: {{}}, identifyBy: {{{identifyBy}}}}}";
}
