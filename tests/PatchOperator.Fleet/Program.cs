using System.CommandLine;
using PatchOperator.Fleet.Footprint;
using PatchOperator.Fleet.Scale;

var command = new RootCommand("Measures a published operator on an API server of its own: see docs/scale.md.")
{
    ScaleCommand.Create(),
    FootprintCommand.Create(),
};
return await command.Parse(args).InvokeAsync();
