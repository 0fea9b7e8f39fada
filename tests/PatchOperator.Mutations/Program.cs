using PatchOperator.Mutations;

const string BySimulation = "--simulation";
var names = args.Except([BySimulation]).ToList();
var unknown = names.Except(Mutation.All.Select(mutation => mutation.Name)).ToList();
if (unknown.Count > 0)
{
    Console.Error.WriteLine($"no such mutation: {string.Join(", ", unknown)}");
    return 2;
}

var simulation = args.Contains(BySimulation);
var chosen = Mutation.All.Where(mutation => names.Count == 0 ? mutation.Simulated || !simulation : names.Contains(mutation.Name)).ToList();
var began = TimeProvider.System.GetTimestamp();
var copy = new TestedCopy(simulation ? TestRun.Simulation : TestRun.Fast);
try
{
    await copy.PrepareAsync();
}
catch (InvalidOperationException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 2;
}

Console.WriteLine($"{Seconds(began)} s: built, and the tests pass without any mutation");
var outcomes = new List<(Mutation Mutation, Outcome Outcome)>();
foreach (var mutation in chosen)
{
    var start = TimeProvider.System.GetTimestamp();
    outcomes.Add((mutation, await copy.TryAsync(mutation)));
    Console.WriteLine($"{outcomes.Count}/{chosen.Count} {mutation.Name}: {outcomes[^1].Outcome} ({Seconds(start)} s)");
}

Console.WriteLine();
Console.WriteLine("| mutation | what goes wrong | |");
Console.WriteLine("|---|---|---|");
foreach (var (mutation, outcome) in outcomes)
    Console.WriteLine($"| {mutation.Name} | {mutation.Breaks} | {outcome} |");
var caught = outcomes.Count(entry => entry.Outcome is Outcome.Caught);
Console.WriteLine($"{caught} of {chosen.Count} mutations caught in {Seconds(began)} s");
return caught == chosen.Count ? 0 : 1;

static long Seconds(long since) => (long)TimeProvider.System.GetElapsedTime(since).TotalSeconds;
