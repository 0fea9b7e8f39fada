using System.Text;
using PatchOperator.Integration.Tests.Operator;
using PatchOperator.Metrics;

namespace PatchOperator.Integration.Tests.Metrics;

[Collection(OperatorCollection.Name)]
public class OtlpTests(OperatorFixture cluster)
{
    /// <summary>What it has counted since its last push goes out as it stops.</summary>
    [Fact]
    public async Task Metrics_are_pushed_to_a_collector_with_the_name_of_the_service()
    {
        await using var collector = await OtlpCollector.StartAsync();

        using var client = new HttpClient();
        await using (var replica = await cluster.StartOperatorAsync(collector.Address))
        {
            var page = new Uri(OperatorFixture.AddressOf(replica), "/metrics");
            await Eventually.TrueAsync(
                async () => (await client.GetStringAsync(page)).Contains("patch_operator_api_requests_total{", StringComparison.Ordinal),
                "it has asked the API server");
            await replica.StopAsync();
        }

        var pushed = collector.Take();
        Assert.All(pushed, push => Assert.Equal(("/v1/metrics", "application/x-protobuf"), (push.Path, push.ContentType)));
        foreach (var part in new[] { "service.name", "patch-operator", "service.instance.id" })
            Assert.All(pushed, push => Assert.True(push.Body.AsSpan().IndexOf(Encoding.UTF8.GetBytes(part)) >= 0, $"{part} was not pushed"));
        foreach (var part in new[] { "patch_operator.build_info", "patch_operator.api.requests", "dotnet.process.cpu.time" })
            Assert.Contains(pushed, push => push.Body.AsSpan().IndexOf(Encoding.UTF8.GetBytes(part)) >= 0);
    }

    /// <summary>What names objects is a leader's alone, so it goes out while it still leads.</summary>
    [Fact]
    public async Task A_leader_pushes_what_names_objects_once_more_as_it_stops()
    {
        await using var collector = await OtlpCollector.StartAsync();
        using var client = new HttpClient();
        await cluster.StopOperatorAsync();
        await using var leader = await cluster.StartOperatorAsync(collector.Address);
        var page = new Uri(OperatorFixture.AddressOf(leader), "/metrics");
        await Eventually.TrueAsync(async () => new Exposition(await client.GetStringAsync(page)).Value("patch_operator_leader") == 1, "it leads");
        collector.Take();

        await cluster.RestartOperatorAsync(leader);

        Assert.Contains(collector.Take(), push => push.Body.AsSpan().IndexOf("patch_operator.reconcile.queue_length"u8) >= 0);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("http://collector:4318")]
    [InlineData("https://otel.example.com/tenant/1/")]
    public void An_address_is_taken(string? address) => Assert.Null(OtlpEndpoint.Validate(address));

    [Theory]
    [InlineData("collector:4318")]
    [InlineData("grpc://collector:4317")]
    [InlineData("http://collector:4318?tenant=1")]
    [InlineData("/v1/metrics")]
    public void What_is_no_address_is_refused(string address) => Assert.Contains(address, OtlpEndpoint.Validate(address), StringComparison.Ordinal);
}
