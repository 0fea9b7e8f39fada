namespace PatchOperator.Testing;

/// <summary>Helm 3 and Helm 4, as hack/helm has them.</summary>
public sealed class Helm
{
    private readonly Lazy<string> program;

    private Helm(int version)
    {
        Version = version;
        program = new(() => Command.Run(Repository.PathOf("hack/helm"), [$"{version}"]).Succeeded());
    }

    /// <summary>Helm 3.</summary>
    public static Helm Three { get; } = new(3);

    /// <summary>Helm 4.</summary>
    public static Helm Four { get; } = new(4);

    /// <summary>3 or 4.</summary>
    public int Version { get; }

    /// <summary>The path of the program.</summary>
    public string Program => program.Value;

    /// <param name="version">3 or 4.</param>
    public static Helm Of(int version) => version == 3 ? Three : Four;

    /// <summary>Runs it, to a success.</summary>
    /// <returns>All that it printed.</returns>
    public string Run(params string[] arguments) => Try(arguments).Checked().Output;

    /// <summary>Runs it, however it may end.</summary>
    public Command Try(params string[] arguments) => Command.Run(Program, arguments);
}
