using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace PatchOperator.Benchmarks.Footprint;

/// <summary>A published operator at work as a process of this machine, under the heap limit that .NET has in a container of 512 MiB.</summary>
internal sealed class OperatorRun : IAsyncDisposable
{
    private const double TicksPerSecond = 100;
    private const string HeapLimit = "0x18000000";
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly HttpClient http;
    private readonly long started = Stopwatch.GetTimestamp();

    private OperatorRun(Process process, int port)
    {
        this.process = process;
        http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromSeconds(2) };
    }

    public static OperatorRun Start(string folder, string kubeconfig)
    {
        var port = FreePort();
        var start = new ProcessStartInfo(
            Path.Combine(folder, "patch-operator"), ["--agent-image", "none", "--tools-image", "none", "--port", $"{port}", "--log-level", "Error"])
        {
            // Nobody reads it, and it must not mingle with the table.
            RedirectStandardOutput = true,
            Environment = { ["KUBECONFIG"] = kubeconfig, ["DOTNET_GCHeapHardLimit"] = HeapLimit, ["POD_NAMESPACE"] = "default" },
        };
        foreach (var setting in File.ReadLines(Path.Combine(folder, "environment")).Select(line => line.Split('=', 2)))
            start.Environment[setting[0]] = setting[1];
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        return new OperatorRun(process, port);
    }

    /// <summary>The cells of a row: healthy after, ready after, CPU until ready, resident, peak, CPU at rest.</summary>
    public async Task<string> MeasureAsync(CancellationToken cancellationToken)
    {
        var healthy = await UntilAsync("/healthz", cancellationToken);
        // A replica that stands by is ready too: it leads once it has listed something.
        await UntilLeadingAsync(cancellationToken);
        var ready = await UntilAsync("/readyz", cancellationToken);
        var cpuReady = Cpu();
        await Task.Delay(Settling, TimeProvider.System, cancellationToken);
        var before = Cpu();
        await Task.Delay(Rest, TimeProvider.System, cancellationToken);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{healthy.TotalSeconds:0.00} | {ready.TotalSeconds:0.0} | {cpuReady:0.0} | {Memory("VmRSS"):0} | {Memory("VmHWM"):0} | {Cpu() - before:0.00}");
    }

    public async ValueTask DisposeAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]))
            await kill.WaitForExitAsync();
        await process.WaitForExitAsync();
        process.Dispose();
        http.Dispose();
    }

    private async Task UntilLeadingAsync(CancellationToken cancellationToken)
    {
        while (!(await TryGetAsync("/metrics", cancellationToken)).Contains("\npatch_operator_leader 1", StringComparison.Ordinal))
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellationToken);
    }

    private async Task<TimeSpan> UntilAsync(string path, CancellationToken cancellationToken)
    {
        while (await TryGetAsync(path, cancellationToken) != "ok")
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, cancellationToken);
        return Stopwatch.GetElapsedTime(started);
    }

    private async Task<string> TryGetAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await http.GetStringAsync(path, cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !process.HasExited)
        {
            return "";
        }
    }

    // Fields 14 and 15 of proc(5)'s stat, counted from behind the name, which may have spaces.
    private double Cpu()
    {
        var fields = File.ReadAllText($"/proc/{process.Id}/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksPerSecond;
    }

    private double Memory(string field)
    {
        var line = File.ReadLines($"/proc/{process.Id}/status").First(candidate => candidate.StartsWith(field, StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1024.0;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
