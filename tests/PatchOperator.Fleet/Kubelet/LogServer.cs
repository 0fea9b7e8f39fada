using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace PatchOperator.Fleet.Kubelet;

/// <summary>The logs of finished pods over HTTPS, at the address where the API server asks a kubelet for them.</summary>
internal sealed class LogServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, string> logs = new();

    private LogServer(WebApplication app)
    {
        this.app = app;
        app.MapGet("/containerLogs/{ns}/{pod}/{container}", (string pod) => logs.TryGetValue(pod, out var log) ? Results.Text(log) : Results.NotFound());
    }

    /// <summary>The port that the Nodes name.</summary>
    public int Port => new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;

    /// <param name="pki">The folder with kubelet.crt and kubelet.key.</param>
    public static async Task<LogServer> StartAsync(string pki)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(options => options.Listen(
            IPAddress.Loopback,
            0,
            listen => listen.UseHttps(X509Certificate2.CreateFromPemFile(Path.Combine(pki, "kubelet.crt"), Path.Combine(pki, "kubelet.key")))));
        var server = new LogServer(builder.Build());
        await server.app.StartAsync();
        return server;
    }

    public void Keep(string pod, string log) => logs[pod] = log;

    public void Forget(string pod) => logs.TryRemove(pod, out _);

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
