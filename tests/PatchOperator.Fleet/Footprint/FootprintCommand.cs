using System.CommandLine;
using System.Globalization;

namespace PatchOperator.Fleet.Footprint;

/// <summary>Compares published operators by what they take of a machine, on an API server of their own: see <c>make footprint</c>.</summary>
internal static class FootprintCommand
{
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(60);

    public static Command Create()
    {
        var nodes = new Option<int>("--nodes") { Description = "How many nodes the fleet has.", DefaultValueFactory = _ => 5000 };
        var updates = new Option<int>("--updates") { Description = "How many updates are pending on each.", DefaultValueFactory = _ => 20 };
        var folders = new Argument<string[]>("FOLDER")
        {
            Description = "Published operators, each a folder with the program patch-operator and a file, environment, of what its image sets.",
            Arity = ArgumentArity.OneOrMore,
        };
        var command = new Command("footprint", "Idle, and with a fleet: start-up, resident memory, CPU.") { nodes, updates, folders };
        command.SetAction((parsed, token) => MeasureAsync(
            parsed.GetRequiredValue(folders), parsed.GetRequiredValue(nodes), parsed.GetRequiredValue(updates), token));
        return command;
    }

    private static async Task<int> MeasureAsync(string[] folders, int nodes, int updates, CancellationToken cancellationToken)
    {
        await using var cluster = await BareCluster.StartAsync("footprint", controllers: false);
        await cluster.ApplyAsync(BareCluster.PathOf("crds"));
        Console.WriteLine(
            "| fleet | operator | healthy after s | ready after s | CPU s until ready | resident MiB at rest | peak MiB | CPU s in 60 s of rest |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        await ReportAsync(cluster, folders, "no node", cancellationToken);
        await new ScannedFleet(cluster.Api, nodes, updates).CreateAsync(cancellationToken);
        await ReportAsync(cluster, folders, string.Create(CultureInfo.InvariantCulture, $"{nodes} nodes, {updates} updates each"), cancellationToken);
        return 0;
    }

    private static async Task ReportAsync(BareCluster cluster, string[] folders, string fleet, CancellationToken cancellationToken)
    {
        foreach (var folder in folders)
        {
            await using var run = OperatorProcess.Start(folder, cluster.Kubeconfig, "default", "measured");
            var figures = await MeasureAsync(run, cancellationToken);
            Console.WriteLine($"| {fleet} | {folder} | {figures} |");
        }
    }

    // The cells of a row: healthy after, ready after, CPU until ready, resident, peak, CPU at rest.
    private static async Task<string> MeasureAsync(OperatorProcess run, CancellationToken cancellationToken)
    {
        var healthy = await run.UntilHealthyAsync(cancellationToken);
        // A replica that stands by is ready too: it leads once it has listed something.
        await run.UntilLeadingAsync(cancellationToken);
        var ready = await run.UntilReadyAsync(cancellationToken);
        var cpuReady = run.CpuSeconds;
        await Task.Delay(Settling, TimeProvider.System, cancellationToken);
        var before = run.CpuSeconds;
        await Task.Delay(Rest, TimeProvider.System, cancellationToken);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{healthy.TotalSeconds:0.00} | {ready.TotalSeconds:0.0} | {cpuReady:0.0} | {run.ResidentMiB:0} | {run.PeakMiB:0} | "
                + $"{run.CpuSeconds - before:0.00}");
    }
}
