using PatchOperator.Api;
using PatchOperator.Engine.Specs;

namespace PatchOperator.Engine.Tests.Specs;

public class CanonicalJsonTests
{
    public static TheoryData<object, string> Table => new()
    {
        { new Dictionary<string, object?> { ["b"] = 1, ["a"] = true, ["B"] = "x", ["empty"] = new Dictionary<string, int>() }, """{"B":"x","a":true,"b":1,"empty":{}}""" },
        { new object?[] { 1, "a", null, new[] { 2 }, Array.Empty<int>() }, """[1,"a",null,[2],[]]""" },
        { new[] { "a+b <c> & 'd'/é – 😀" }, """["a+b <c> & 'd'/é – 😀"]""" },
        { new[] { "\" \\ \b \t \n \f \r \u0001 \u001f" }, """["\" \\ \b \t \n \f \r \u0001 \u001f"]""" },
        { new[] { new DateTimeOffset(2026, 11, 20, 14, 0, 0, TimeSpan.FromHours(2)) }, """["2026-11-20T12:00:00Z"]""" },
    };

    /// <summary>As any other program writes it: escapes where RFC 8785 has them, and nowhere else.</summary>
    [Theory, MemberData(nameof(Table))]
    public void An_object_is_written_in_one_way(object value, string json) => Assert.Equal(json, CanonicalJson.Of(value));

    /// <summary>The API server keeps what the client has sent: whoever reads that must come to the same digest.</summary>
    [Fact]
    public void It_is_that_of_what_the_client_of_Kubernetes_writes()
    {
        var record = new PatchRecordSpec
        {
            Nodes = [new RecordedNode { Name = "a", Result = RecordedResult.Failed, Step = OperationStep.Reboot, StartedAt = Given.Noon, BootIdBefore = "b", Change = 0 }],
            Changes = [new RecordedChange { Packages = [new ChangedPackage { Name = "libc6", From = "1" }] }],
        };

        Assert.Equal(CanonicalJson.Of(System.Text.Json.Nodes.JsonNode.Parse(k8s.KubernetesJson.Serialize(record))!), CanonicalJson.Of(record));
    }

    /// <summary>By hand: <c>printf '{"a":1}' | sha256sum</c>.</summary>
    [Fact]
    public void The_digest_is_the_sha256_of_it() => Assert.Equal(
        "sha256:015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862", CanonicalJson.Digest(new Dictionary<string, int> { ["a"] = 1 }));
}
