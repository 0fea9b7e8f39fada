using System.CommandLine;
using System.Globalization;

namespace PatchOperator.Benchmarks.Footprint;

/// <summary>Compares published operators by what they take of a machine, on an API server of their own: see <c>make footprint</c>.</summary>
internal static class FootprintCommand
{
    public static Task<int> RunAsync(string[] arguments)
    {
        var nodes = new Option<int>("--nodes") { Description = "How many nodes the fleet has.", DefaultValueFactory = _ => 5000 };
        var folders = new Argument<string[]>("FOLDER")
        {
            Description = "Published operators, each a folder with the program patch-operator and a file, environment, of what its image sets.",
            Arity = ArgumentArity.OneOrMore,
        };
        var command = new RootCommand("Idle, and with a fleet: start-up, resident memory, CPU.") { nodes, folders };
        command.SetAction((parsed, token) => MeasureAsync(parsed.GetRequiredValue(folders), parsed.GetRequiredValue(nodes), token));
        return command.Parse(arguments).InvokeAsync();
    }

    private static async Task<int> MeasureAsync(string[] folders, int nodes, CancellationToken cancellationToken)
    {
        await using var cluster = await BareCluster.StartAsync();
        await cluster.InstallCrdsAsync(cancellationToken);
        Console.WriteLine(
            "| fleet | operator | healthy after s | ready after s | CPU s until ready | resident MiB at rest | peak MiB | CPU s in 60 s of rest |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        await ReportAsync(cluster, folders, "no node", cancellationToken);
        await new Fleet(cluster.Client, nodes).CreateAsync(cancellationToken);
        await ReportAsync(cluster, folders, string.Create(CultureInfo.InvariantCulture, $"{nodes} nodes"), cancellationToken);
        return 0;
    }

    private static async Task ReportAsync(BareCluster cluster, string[] folders, string fleet, CancellationToken cancellationToken)
    {
        foreach (var folder in folders)
        {
            await using var run = OperatorRun.Start(folder, cluster.Kubeconfig);
            var figures = await run.MeasureAsync(cancellationToken);
            Console.WriteLine($"| {fleet} | {folder} | {figures} |");
        }
    }
}
