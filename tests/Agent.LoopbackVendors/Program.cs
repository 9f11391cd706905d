using Agent.LoopbackVendors.CommandLine;

return await LoopbackCommand.Create().Parse(args).InvokeAsync();
