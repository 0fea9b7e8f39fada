namespace PatchOperator.Agent.Packages.Apt;

/// <summary>Reads <c>/var/lib/apt/extended_states</c>: which packages were installed as dependencies only; see apt-mark(8).</summary>
internal static class AptExtendedStates
{
    public const string HostPath = "/var/lib/apt/extended_states";

    public static IReadOnlySet<string> Automatic(string text, string native) =>
        text.Split("\n\n").Select(AptStanza.Parse).Where(stanza => stanza.GetValueOrDefault("Auto-Installed") == "1")
            .Select(stanza => DpkgStatus.QualifiedName(stanza.GetValueOrDefault("Package", ""), stanza.GetValueOrDefault("Architecture", native), native))
            .ToHashSet();
}
