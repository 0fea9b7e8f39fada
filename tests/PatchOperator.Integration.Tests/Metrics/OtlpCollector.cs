using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace PatchOperator.Integration.Tests.Metrics;

/// <summary>A collector that takes everything and keeps it.</summary>
internal sealed class OtlpCollector : IAsyncDisposable
{
    private readonly WebApplication application;
    private readonly Lock gate = new();
    private List<(string Path, string? ContentType, byte[] Body)> pushed = [];

    private OtlpCollector(WebApplication application) => this.application = application;

    public Uri Address => new(application.Urls.Single());

    public static async Task<OtlpCollector> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var collector = new OtlpCollector(builder.Build());
        collector.application.MapPost("/{**path}", collector.TakeAsync);
        await collector.application.StartAsync();
        return collector;
    }

    /// <summary>What was pushed since this was asked last.</summary>
    public IReadOnlyList<(string Path, string? ContentType, byte[] Body)> Take()
    {
        lock (gate)
        {
            var taken = pushed;
            pushed = [];
            return taken;
        }
    }

    public ValueTask DisposeAsync() => application.DisposeAsync();

    private async Task TakeAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        lock (gate)
            pushed.Add((request.Path, request.ContentType, body.ToArray()));
    }
}
