using System.Diagnostics;
using System.Text.RegularExpressions;
using PatchOperator.Testing;

namespace PatchOperator.Mutations;

/// <summary>A copy of the working tree that is broken, built and tested over and over. What was built in it is used again by the next run.</summary>
/// <param name="simulation">Whether the simulation alone is to notice, without the tests of single decisions.</param>
internal sealed partial class TestedCopy(bool simulation)
{
    private const string Output = "bin/Debug/net10.0";

    // What the compiler says of style is nothing about a break.
    private static readonly string[] Fast =
        ["-property:RunAnalyzers=false", "-property:TreatWarningsAsErrors=false", "-property:GenerateDocumentationFile=false", "--nologo", "--verbosity", "quiet"];

    // In this order: the first are the faster ones.
    private readonly string[] tests = simulation ? ["PatchOperator.Tests"] : ["PatchOperator.Engine.Tests", "PatchOperator.Tests"];
    private readonly string[] filter = simulation ? ["--filter", "FullyQualifiedName~Simulation."] : [];

    private readonly string root = Repository.PathOf("out/mutations");

    // A break may make tests wait for what does not come.
    private TimeSpan testLimit = TimeSpan.FromMinutes(10);

    /// <summary>Brings the copy up to date, builds it, and sees that its tests pass as they are.</summary>
    /// <exception cref="InvalidOperationException">They do not.</exception>
    public async Task PrepareAsync()
    {
        await CopyAsync();
        foreach (var project in tests)
            if (await BuildAsync($"tests/{project}") is not { ExitCode: 0 } and var build)
                throw new InvalidOperationException($"{project} does not build:\n{build.Output}{build.Errors}");
        var began = TimeProvider.System.GetTimestamp();
        foreach (var project in tests)
            if (await FailureAsync(project) is { } failed)
                throw new InvalidOperationException($"fails without any mutation: {failed}");
        testLimit = 4 * TimeProvider.System.GetElapsedTime(began) + TimeSpan.FromMinutes(1);
    }

    /// <summary>Makes a break, tells what the tests say of it, and mends it again.</summary>
    public async Task<Outcome> TryAsync(Mutation mutation)
    {
        var path = PathOf(mutation.File);
        var text = await File.ReadAllTextAsync(path);
        if (mutation.Occurrences(text) is not 1 and var count)
            return new Outcome.Impossible($"what it takes away stands {count} times in {mutation.File}");
        var folder = string.Join('/', mutation.File.Split('/').Take(2));
        var assembly = Path.GetFileName(Directory.GetFiles(PathOf($"{folder}/{Output}"), "*.deps.json").Single()).Replace(".deps.json", ".dll", StringComparison.Ordinal);
        // What an assembly offers to others stays as it was, so that they need not be built again.
        var whole = tests.Select(project => PathOf($"tests/{project}/{Output}/{assembly}")).Where(File.Exists).ToDictionary(copy => copy, File.ReadAllBytes);
        try
        {
            await File.WriteAllTextAsync(path, mutation.Apply(text));
            var build = await BuildAsync(folder, "--no-restore", "-property:BuildProjectReferences=false");
            if (build.ExitCode != 0)
                return new Outcome.Impossible($"it does not compile: {CompilerError().Match(build.Output) switch { { Success: true } match => match.Value, _ => build.Output }}");
            foreach (var copy in whole.Keys)
                File.Copy(PathOf($"{folder}/{Output}/{assembly}"), copy, overwrite: true);
            foreach (var project in tests.Where(project => whole.ContainsKey(PathOf($"tests/{project}/{Output}/{assembly}"))))
                if (await FailureAsync(project) is { } failed)
                    return new Outcome.Caught(failed);
            return new Outcome.Survived();
        }
        finally
        {
            await File.WriteAllTextAsync(path, text);
            foreach (var (copy, bytes) in whole)
                await File.WriteAllBytesAsync(copy, bytes);
        }
    }

    // A file is written only where it differs, or all would be built again; and then it is new, whatever was built of it before.
    private async Task CopyAsync()
    {
        var listed = await Command.RunAsync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
        var files = listed.Succeeded().Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(file => File.Exists(Repository.PathOf(file))).ToHashSet();
        foreach (var file in files)
        {
            var (bytes, copy) = (await File.ReadAllBytesAsync(Repository.PathOf(file)), PathOf(file));
            if (File.Exists(copy) && await File.ReadAllBytesAsync(copy) is var same && bytes.AsSpan().SequenceEqual(same))
                continue;
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            await File.WriteAllBytesAsync(copy, bytes);
        }

        foreach (var copy in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories))
            if (Path.GetRelativePath(root, copy) is var file && !file.Split('/').Any(part => part is "bin" or "obj") && !files.Contains(file))
                File.Delete(copy);
    }

    // Ends them with the first that fails; what they would say after it is of no interest.
    private async Task<string?> FailureAsync(string project)
    {
        using var process = Command.Start("dotnet", ["test", $"tests/{project}/{Output}/{project}.dll", .. filter], root);
        var failed = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        void Read(object sender, DataReceivedEventArgs read)
        {
            if (FailedTest().Match(read.Data ?? "") is { Success: true } match)
                failed.TrySetResult(match.Groups["name"].Value);
        }

        process.OutputDataReceived += Read;
        process.ErrorDataReceived += Read;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var deadline = new CancellationTokenSource(testLimit, TimeProvider.System);
        var ended = process.WaitForExitAsync(deadline.Token);
        await Task.WhenAny(failed.Task, ended);
        process.Kill(entireProcessTree: true);
        return failed.Task.IsCompletedSuccessfully ? await failed.Task
            : ended.IsCanceled ? $"{project}, which came to no end"
            : process.ExitCode == 0 ? null
            : $"{project}, which broke off";
    }

    private Task<Command> BuildAsync(string project, params string[] options) => Command.RunAsync("dotnet", ["build", project, .. options, .. Fast], folder: root);

    private string PathOf(string relative) => Path.Combine(root, relative);

    // Without the arguments of a row of a table.
    [GeneratedRegex(@"^\[xUnit\.net [\d:.]+\] +(?:PatchOperator\.)?(?<name>[\w.]+).*\[FAIL\]$")]
    private static partial Regex FailedTest();

    [GeneratedRegex(@"error CS\d+: [^\[\n]*")]
    private static partial Regex CompilerError();
}
