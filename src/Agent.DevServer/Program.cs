using Agent.DevServer;

return await ServerCommand.Create().Parse(args).InvokeAsync();
