using System.Text.Json.Nodes;

namespace PatchOperator.Integration.Tests.Crds;

/// <summary>Each bound of each field of each kind, on the server of a current Kubernetes: what is just beyond it is refused by the name of the field.</summary>
[Collection(nameof(CrdServer))]
public sealed class BoundTests(CrdServer server)
{
    /// <summary>What bounds nothing, or is tried by other tests.</summary>
    private static readonly string[] NoBounds =
        [
            "description", "default", "properties", "items", "additionalProperties", "anyOf", "x-kubernetes-int-or-string", "x-kubernetes-list-map-keys",
            "x-kubernetes-map-type", "x-kubernetes-validations",
        ];

    public static TheoryData<string> OfSpecs => [.. Bound.All.Where(bound => !bound.Value.IsOfStatus).Select(bound => bound.Key)];

    public static TheoryData<string> OfStatuses => [.. Bound.All.Where(bound => bound.Value.IsOfStatus).Select(bound => bound.Key)];

    public static TheoryData<string> Kinds => [.. Crd.All.Select(crd => crd.Plural)];

    /// <summary>So a keyword that is new to the definitions does not pass untried.</summary>
    [Fact]
    public void Every_keyword_that_bounds_a_field_is_tried() => Assert.Empty(
        Crd.All.SelectMany(crd => crd.Schema.All).SelectMany(schema => schema.Keywords).Except(NoBounds).Except(Bound.All.Values.Select(bound => bound.Keyword)));

    [CrdServerTheory, MemberData(nameof(Kinds))]
    public async Task An_object_with_every_field_is_taken_and_so_is_its_status(string plural)
    {
        var crd = Crd.All.Single(kind => kind.Plural == plural);
        var entity = (await server.Create(crd, Sample.Of(crd, ApiServerFixture.UniqueName("whole")), dryRun: false)).Taken();
        if (!crd.HasStatus)
            return;
        var status = Sample.Whole(crd, "")["status"]!.DeepClone();
        entity["status"] = status.DeepClone();

        var stored = (await server.Replace(crd, entity, "/status")).Taken();

        Assert.True(JsonNode.DeepEquals(status, stored["status"]), $"{stored["status"]}");
    }

    [CrdServerTheory, MemberData(nameof(OfSpecs))]
    public async Task What_is_beyond_a_bound_of_a_spec_is_refused_by_the_name_of_its_field(string name)
    {
        var bound = Bound.All[name];

        AssertNamed(bound, await server.Create(bound.Crd, bound.Entity("test")));
    }

    [CrdServerTheory, MemberData(nameof(OfStatuses))]
    public async Task What_is_beyond_a_bound_of_a_status_is_refused_by_the_name_of_its_field(string name)
    {
        var bound = Bound.All[name];
        var entity = (await server.Create(bound.Crd, Sample.Of(bound.Crd, ApiServerFixture.UniqueName("bound")), dryRun: false)).Taken();
        entity["status"] = bound.Entity("")["status"]?.DeepClone();

        AssertNamed(bound, await server.Replace(bound.Crd, entity, "/status"));
    }

    private static void AssertNamed(Bound bound, CrdServer.Answer answer)
    {
        Assert.False(answer.Succeeded, $"{bound}: {answer.Body}");
        Assert.Contains(answer.Causes, cause => cause.StartsWith($"{bound.Refused}: ", StringComparison.Ordinal));
    }
}
