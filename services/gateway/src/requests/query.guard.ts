import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { z } from 'zod';
import { OPERATION } from '../openapi/operation';
import { parseRequest } from '../validation/zod-request.pipe';

const NO_QUERY = z.strictObject({});

/** Refuses what a query holds where the operation reads none, as the schemas of those that read one do. */
@Injectable()
export class QueryGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const handler = context.getHandler();
    if (this.reflector.get<unknown>(OPERATION, handler) !== undefined && !readsQuery(context.getClass(), handler.name))
      parseRequest(NO_QUERY, context.switchToHttp().getRequest<Request>().query, 'the query');
    return true;
  }
}

function readsQuery(controller: object, handler: string): boolean {
  const routeArguments = (Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, handler) ?? {}) as object;
  return Object.keys(routeArguments).some((key) => key.startsWith(`${RouteParamtypes.QUERY}:`));
}
