using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PatchOperator.Integration.Tests.Crds;

/// <summary>Objects that have every field of their kind, made from the schema.</summary>
internal static class Sample
{
    /// <summary>One of them has what each pattern and each least length wants.</summary>
    private static readonly string[] Texts =
    [
        "name",
        "1h",
        "0 3 * * *",
        "deb http://deb.debian.org/debian bookworm main",
        "origin=Debian",
        "sha256:" + new string('a', 64),
        "23:00",
        "12-24",
        "2026-12-24T22:00",
        "2026-12-24",
        "http://prometheus.example.com:9090",
        "v1",
        "Deployment",
        "5Mi",
        "-----BEGIN PGP PUBLIC KEY BLOCK-----",
    ];

    /// <summary>Of fields that rule each other out, those that go.</summary>
    private static readonly (Crd Crd, string Path)[] Excluded =
    [
        (Crd.ImageBaseline, "spec.source.image"), (Crd.ImageBaseline, "spec.source.repositories"), (Crd.ImageBaseline, "spec.source.gpgKeys"),
        (Crd.ImageBaseline, "spec.output.volume"), (Crd.ImageBaseline, "spec.nodes.identifyBy.label"),
        (Crd.PatchWindow, "spec.schedules.0.at"), (Crd.PatchWindow, "spec.schedules.0.monthly"), (Crd.PatchWindow, "spec.validUntil"),
        (Crd.PatchWindow, "spec.policySelector"), (Crd.PatchWindow, "spec.zoneMap"),
        (Crd.PatchPolicy, "spec.rollout.waves.0.size"), (Crd.PatchPolicy, "spec.healthChecks.0.alerts"), (Crd.PatchPolicy, "spec.healthChecks.0.object"),
        (Crd.PatchPolicy, "spec.healthChecks.0.job"), (Crd.PatchPolicy, "spec.stagingBandwidth"), (Crd.PatchRun, "spec.rollback"),
    ];

    /// <summary>An object that is valid, with every field of the spec that may stand beside the others.</summary>
    public static JsonObject Of(Crd crd, string name)
    {
        var entity = Whole(crd, name);
        entity.Remove("status");
        foreach (var (_, path) in Excluded.Where(excluded => excluded.Crd == crd))
        {
            var names = path.Split('.');
            names[..^1].Aggregate((JsonNode)entity, (node, field) => node is JsonArray items ? items[int.Parse(field, CultureInfo.InvariantCulture)]! : node[field]!)
                .AsObject().Remove(names[^1]);
        }
        return entity;
    }

    /// <summary>An object with every field that there is, whatever rules say to that.</summary>
    public static JsonObject Whole(Crd crd, string name)
    {
        var entity = Value(crd.Schema).AsObject();
        entity["apiVersion"] = Api.ApiGroup.GroupVersion;
        entity["kind"] = crd.Entity.Name;
        entity["metadata"] = new JsonObject { ["name"] = name };
        // The one that may have most of the other fields.
        if (crd == Crd.PatchRun)
            entity["spec"]!["trigger"] = "Emergency";
        return entity;
    }

    /// <summary>A value that the schema takes.</summary>
    public static JsonNode Value(Schema schema) => schema switch
    {
        { IsIntOrString: true } => 1,
        { Type: "boolean" } => false,
        { Type: "integer" } => Math.Max(schema.Number("minimum") ?? 1, 1),
        { Type: "array" } => new JsonArray(Value(schema.Items!)),
        { Type: "object", Values: { } values } => new JsonObject { ["key"] = Value(values) },
        { Type: "object" } => new JsonObject(schema.Properties.Select(property => KeyValuePair.Create(property.Name, (JsonNode?)Value(property.Schema)))),
        { Format: "date-time" } => "2026-01-02T03:04:05Z",
        _ when schema.Has("enum") => schema.Strings("enum").First(),
        _ => Texts.First(text => text.Length >= (schema.Number("minLength") ?? 0) && (schema.Pattern is not { } pattern || Regex.IsMatch(text, pattern))),
    };
}
