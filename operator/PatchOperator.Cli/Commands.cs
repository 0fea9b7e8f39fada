using System.CommandLine;
using PatchOperator.Cli.Previews;
using PatchOperator.Cli.Windows;

namespace PatchOperator.Cli;

/// <summary>What can be asked of files, changing nothing. The operator's own program has these commands too, so that its image is all that it takes.</summary>
public static class Commands
{
    /// <summary>A program of nothing but these.</summary>
    /// <param name="time">What time it is where none is given.</param>
    /// <param name="clusters">What reads a cluster; null where nothing does.</param>
    public static RootCommand Root(TimeProvider time, ClusterReader? clusters = null) =>
        AddTo(new RootCommand("Shows what the operator makes of files, and changes nothing."), time, clusters);

    /// <summary>A program that has these too.</summary>
    /// <param name="root">What else it does.</param>
    /// <param name="time">What time it is where none is given.</param>
    /// <param name="clusters">What reads a cluster; null where nothing does.</param>
    public static RootCommand AddTo(RootCommand root, TimeProvider time, ClusterReader? clusters = null)
    {
        root.Add(WindowsCommand.Create(time));
        root.Add(PreviewCommand.Create(time, clusters));
        return root;
    }
}
