using System.Text.Json.Nodes;
using PatchOperator.Api;

namespace PatchOperator.Integration.Tests.Crds;

/// <summary>One of the files in crds/, and the C# class that it is the schema of.</summary>
internal sealed record Crd(Type Entity, string Plural, string ShortName, JsonNode Document)
{
    public static Crd PatchPolicy { get; } = Read<PatchPolicy>("patchpolicies", "pp");

    public static Crd PatchWindow { get; } = Read<PatchWindow>("patchwindows", "pw");

    public static Crd PatchRun { get; } = Read<PatchRun>("patchruns", "prun");

    public static Crd PatchPlan { get; } = Read<PatchPlan>("patchplans", "pplan");

    public static Crd PatchRecord { get; } = Read<PatchRecord>("patchrecords", "prec");

    public static Crd NodePatch { get; } = Read<NodePatch>("nodepatches", "npatch");

    public static Crd ImageBaseline { get; } = Read<ImageBaseline>("imagebaselines", "ib");

    public static IEnumerable<Crd> All { get; } = [PatchPolicy, PatchWindow, PatchRun, PatchPlan, PatchRecord, NodePatch, ImageBaseline];

    public JsonNode Names => Document["spec"]!["names"]!;

    public JsonNode Version => Document["spec"]!["versions"]!.AsArray().Single()!;

    public Schema Schema => new("", Version["schema"]!["openAPIV3Schema"]!);

    /// <summary>Whether there is something to report of it; of a plan and of a record there is nothing.</summary>
    public bool HasStatus => Version["subresources"]?["status"] is not null;

    private static Crd Read<TEntity>(string plural, string shortName)
    {
        var yaml = File.ReadAllText(Repository.PathOf($"crds/{ApiGroup.Name}_{plural}.yaml"));
        return new Crd(typeof(TEntity), plural, shortName, YamlText.Documents(yaml).Single());
    }
}
