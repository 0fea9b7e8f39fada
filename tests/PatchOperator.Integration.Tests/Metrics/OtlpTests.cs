using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
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
        var pushed = new List<(string Path, string? ContentType, byte[] Body)>();
        await using var collector = await CollectorAsync(pushed);

        await using (var replica = await cluster.StartOperatorAsync(new Uri(collector.Urls.Single())))
            await replica.StopAsync();

        var (path, contentType, body) = Assert.Single(pushed);
        Assert.Equal(("/v1/metrics", "application/x-protobuf"), (path, contentType));
        foreach (var part in new[] { "service.name", "patch-operator", "service.instance.id", "patch_operator.build_info", "patch_operator.api.requests", "dotnet.process.cpu.time" })
            Assert.True(body.AsSpan().IndexOf(Encoding.UTF8.GetBytes(part)) >= 0, $"{part} was not pushed");
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

    private static async Task<WebApplication> CollectorAsync(List<(string Path, string? ContentType, byte[] Body)> pushed)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var collector = builder.Build();
        collector.MapPost("/{**path}", async (HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            pushed.Add((request.Path, request.ContentType, body.ToArray()));
        });
        await collector.StartAsync();
        return collector;
    }
}
