using System.CommandLine;
using PatchOperator.Cli.Windows;

namespace PatchOperator.Cli;

/// <summary>What can be asked of files, without a cluster. The operator's own program has these commands too, so that its image is all that it takes.</summary>
public static class Commands
{
    /// <summary>A program of nothing but these.</summary>
    /// <param name="time">What time it is where none is given.</param>
    public static RootCommand Root(TimeProvider time) => AddTo(new RootCommand("Shows what the operator makes of files, without a cluster."), time);

    /// <summary>A program that has these too.</summary>
    /// <param name="root">What else it does.</param>
    /// <param name="time">What time it is where none is given.</param>
    public static RootCommand AddTo(RootCommand root, TimeProvider time)
    {
        root.Add(WindowsCommand.Create(time));
        return root;
    }
}
